"""Somebody who would rather not go alone, and peer supporters who might come along."""

import re
from datetime import date
from typing import Any

import httpx

from tests.integration.referrals_builder import Referrals, days_ahead, meeting

AA = meeting("Northgate AA", weekday=4, place_name="St Mark's Hall", address="Northgate, York")
ROWAN: dict[str, Any] = {
    "name": "Rowan Featherstonehaugh",
    "knownAs": "Rowan",
    "model": "recovery-champion",
    "agreedOn": "2026-01-05",
    "checkedOn": "2026-01-12",
    "phone": "07700 900111",
    "email": "rowan.f@mail.example",
    "contact": "phone",
    "offers": ["go-with", "talk"],
    "organisations": ["aa"],
    "days": ["thursday", "monday"],
    "areas": ["Northgate"],
    "gender": "woman",
    "words": "I was glad that somebody came with me.",
}
SASHA = ROWAN | {
    "name": "Sasha Ormondroyd",
    "knownAs": "Sasha",
    "phone": "07700 900222",
    "days": ["friday"],
    "organisations": ["na"],
    "gender": "man",
}
WISH = {"firstName": "Robin", "contact": "07700 900333", "preference": "woman", "area": "Northgate"}
PRIVATE = ("Quillfeather", "9990548609", "Robin", "07700 900333")
"""What identifies the client, beside ids."""


class Company:
    """`at`: the client's referral. The champion is rae, the keyworker kay."""

    def __init__(self, there: Referrals, opened: dict[str, Any]) -> None:
        self.there = there
        self.opened = opened
        self.at = f"/referrals/{opened['referralId']}"
        self.rae = there.person(sub="rae", roles=["recovery-champion"])

    async def commits(self, day: date | None = None) -> str:
        body = {"meetingId": str(AA.meeting_id), "date": str(day or days_ahead(4, weeks=1))}
        made = await self.there.post(f"{self.at}/commitments", body)
        assert made.status_code == 201, made.text
        return made.json()["commitmentId"]  # type: ignore[no-any-return]

    async def asks(self, commitment: str, **wish: object) -> str:
        answer = await self.there.post(f"{self.at}/commitments/{commitment}/company", WISH | wish)
        assert answer.status_code == 201, answer.text
        return answer.json()["companyId"]  # type: ignore[no-any-return]

    async def lists(self, peer: dict[str, Any]) -> str:
        answer = await self.there.post("/peers", peer, who=self.rae)
        assert answer.status_code == 201, answer.text
        return answer.json()["peerId"]  # type: ignore[no-any-return]

    async def offers(self, company: str, peer: str) -> dict[str, Any]:
        answer = await self.there.post(f"/company/{company}/offer/{peer}", who=self.rae)
        assert answer.status_code == 201, answer.text
        return answer.json()  # type: ignore[no-any-return]

    async def opens(self, link: str) -> httpx.Response:
        return await self.there.http.get(_path(link), headers={"Accept": "text/html"})

    async def presses(self, link: str, answer: str) -> httpx.Response:
        headers = {"Accept": "text/html"}
        pressed = await self.there.http.post(_path(link), data={"answer": answer}, headers=headers)
        assert pressed.status_code == 303, pressed.text
        return await self.opens(link)

    async def agreed(self) -> tuple[str, str, str]:
        """Commitment, company and the link by which Rowan said yes."""
        commitment = await self.commits()
        company = await self.asks(commitment)
        link = (await self.offers(company, await self.lists(ROWAN)))["link"]
        await self.presses(link, "yes")
        return commitment, company, link

    async def shown(self) -> dict[str, Any]:
        return await self.there.shown(self.opened["referralId"])

    async def company(self) -> list[dict[str, Any]]:
        answer = await self.there.get(f"{self.at}/company")
        assert answer.status_code == 200, answer.text
        return answer.json()["company"]  # type: ignore[no-any-return]


def _path(link: str) -> str:
    found = re.fullmatch(r"http://localhost:8401(/answer/[A-Za-z0-9_-]+)", link)
    assert found, link
    return found[1]
