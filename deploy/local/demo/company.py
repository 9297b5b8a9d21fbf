"""Someone to go with: requests at every point between asked and over, and one where they went together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from deploy.local.demo.doors import Doors
from deploy.local.demo.particular import CROSSBILL, RUFF
from deploy.local.demo.peers import CHAMPION, PIPIT, SISKIN, TERN, Peer, list_peers
from deploy.local.demo.people import STARLING
from deploy.local.demo.story import Story

_OVER = 422
"""The meeting has begun meanwhile: there is nothing to arrange any more."""


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
    peers = await list_peers(doors)
    for asking in ASKINGS:
        await _ask(doors, asking, f"/api/referrals/{referrals[asking.story.key]}", peers)


async def _ask(doors: Doors, asking: Asking, at: str, peers: Mapping[str, str]) -> None:
    caller = asking.story.keyworker
    shown = (await doors.call(caller, "GET", "referrals", at)).json()["commitments"]
    commitment = sorted(shown, key=lambda one: str(one["start"]))[asking.nth]["commitmentId"]
    if await _is_asked_for(doors, caller, at, commitment):
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
        await doors.call(CHAMPION, "POST", "referrals", offer)
    for word in asking.then:
        if word == "withdrawn":
            await doors.call(caller, "POST", "referrals", f"{at}/company/{company}/withdrawal", json={})
        else:
            await doors.call(CHAMPION, "POST", "referrals", f"/api/company/{company}/answer", json={"answer": word})


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What was arranged in time and is written down now: when it was asked for and agreed, and when they had gone."""

    commitment: str
    with_: str
    agreed_at: datetime
    went_at: datetime


async def go_together(doors: Doors, story: Story, referral: str, paper: OnPaper) -> None:
    """Unless it was written down before."""
    at = f"/api/referrals/{referral}"
    if await _is_asked_for(doors, story.keyworker, at, paper.commitment):
        return
    then = {"at": paper.agreed_at.isoformat()}
    peer = (await list_peers(doors))[paper.with_]
    door, body = f"{at}/commitments/{paper.commitment}/company", {"firstName": story.name.split()[0], **then}
    asked = await doors.call(story.keyworker, "POST", "referrals", door, json=body)
    company = f"/api/company/{asked.json()['companyId']}"
    await doors.call(CHAMPION, "POST", "referrals", f"{company}/offer/{peer}", json=then)
    for answer, when in (("yes", paper.agreed_at), ("went", paper.went_at)):
        said = {"answer": answer, "at": when.isoformat()}
        await doors.call(CHAMPION, "POST", "referrals", f"{company}/answer", json=said)


async def _is_asked_for(doors: Doors, caller: str, at: str, commitment: str) -> bool:
    known = (await doors.call(caller, "GET", "referrals", f"{at}/company")).json()["company"]
    return any(one["commitmentId"] == commitment for one in known)
