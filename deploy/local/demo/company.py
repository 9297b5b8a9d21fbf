"""Someone to go with: three fictional peer supporters, and requests at every point between asked and over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from deploy.local.demo.doors import Doors
from deploy.local.demo.particular import CROSSBILL, RUFF
from deploy.local.demo.people import STARLING
from deploy.local.demo.story import Story

_CHAMPION = "rory"
_OVER = 422
"""The meeting has begun meanwhile: there is nothing to arrange any more."""


@dataclass(frozen=True, slots=True)
class Peer:
    known_as: str
    surname: str
    days: tuple[str, ...]
    organisations: tuple[str, ...]
    areas: tuple[str, ...]
    offers: tuple[str, ...] = ("go-with", "talk")

    def body(self) -> dict[str, Any]:
        return {
            "name": f"{self.known_as} {self.surname}",
            "knownAs": self.known_as,
            "model": "recovery-champion",
            "agreedOn": "2026-01-05",
            "checkedOn": "2026-01-12",
            "email": f"{self.known_as.lower()}@peer.example",
            "contact": "email",
            "offers": self.offers,
            "organisations": self.organisations,
            "days": self.days,
            "areas": self.areas,
        }


PIPIT = Peer("Perry", "Pipit", ("thursday", "sunday"), ("aa",), ("Harrowmere", "Port Stennick"))
SISKIN = Peer("Sage", "Siskin", ("wednesday", "saturday"), ("na", "ca"), ("Port Stennick",), ("go-with", "lift"))
TERN = Peer("Tam", "Tern", ("monday", "friday"), ("smart-recovery", "aa"), ("Harrowmere",))
PEERS = (PIPIT, SISKIN, TERN)


@dataclass(frozen=True, slots=True)
class Asking:
    """For the `nth` meeting that the story plans to go to. `then`: what became of it, one after the other."""

    story: Story
    nth: int = 0
    peer: Peer | None = None
    then: tuple[Literal["yes", "cannot-come", "withdrawn"], ...] = ()


ASKINGS = (
    Asking(STARLING, 0, PIPIT, ("yes",)),
    Asking(STARLING, 1),
    Asking(RUFF, 0, SISKIN),
    Asking(CROSSBILL, 0, TERN, ("yes", "cannot-come")),
    Asking(CROSSBILL, 1, None, ("withdrawn",)),
)
"""Agreed, asked, offered, fell through, withdrawn."""


async def arrange(doors: Doors, referrals: Mapping[str, str]) -> None:
    """`referrals` by the keys of stories. What was asked for once is left as it is."""
    listed = (await doors.call(_CHAMPION, "GET", "referrals", "/api/peers")).json()["peers"]
    peers = {one["knownAs"]: str(one["peerId"]) for one in listed}
    for peer in PEERS:
        if peer.known_as not in peers:
            made = await doors.call(_CHAMPION, "POST", "referrals", "/api/peers", json=peer.body())
            peers[peer.known_as] = str(made.json()["peerId"])
    for asking in ASKINGS:
        await _ask(doors, asking, f"/api/referrals/{referrals[asking.story.key]}", peers)


async def _ask(doors: Doors, asking: Asking, at: str, peers: Mapping[str, str]) -> None:
    caller = asking.story.keyworker
    shown = (await doors.call(caller, "GET", "referrals", at)).json()["commitments"]
    commitment = sorted(shown, key=lambda one: str(one["start"]))[asking.nth]["commitmentId"]
    known = (await doors.call(caller, "GET", "referrals", f"{at}/company")).json()["company"]
    if any(one["commitmentId"] == commitment for one in known):
        return
    door = f"{at}/commitments/{commitment}/company"
    asked = await doors.call(
        caller, "POST", "referrals", door, json={"firstName": asking.story.name.split()[0]}, also=[_OVER]
    )
    if asked.status_code == _OVER:
        return
    company = str(asked.json()["companyId"])
    if asking.peer:
        offer = f"/api/company/{company}/offer/{peers[asking.peer.known_as]}"
        await doors.call(_CHAMPION, "POST", "referrals", offer)
    for word in asking.then:
        if word == "withdrawn":
            await doors.call(caller, "POST", "referrals", f"{at}/company/{company}/withdrawal", json={})
        else:
            await doors.call(_CHAMPION, "POST", "referrals", f"/api/company/{company}/answer", json={"answer": word})
