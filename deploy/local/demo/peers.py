"""Three fictional peer supporters, and the recovery champion's list with them on it."""

import asyncio
from dataclasses import dataclass
from typing import Any

from deploy.local.demo.doors import Doors

CHAMPION = "rory"
_listing = asyncio.Lock()
"""Stories are told side by side; nobody is put on the list twice."""


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


async def list_peers(doors: Doors) -> dict[str, str]:
    """Their ids by what they are known as; whoever is missing is put on the list."""
    async with _listing:
        listed = (await doors.call(CHAMPION, "GET", "referrals", "/api/peers")).json()["peers"]
        peers = {one["knownAs"]: str(one["peerId"]) for one in listed}
        for peer in PEERS:
            if peer.known_as not in peers:
                made = await doors.call(CHAMPION, "POST", "referrals", "/api/peers", json=peer.body())
                peers[peer.known_as] = str(made.json()["peerId"])
        return peers
