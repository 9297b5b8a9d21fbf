"""Scene 6 (3-fama), in both services that it touches; what the one says is brought to the other by hand."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.reminders.subscriptions import REACTIONS
from shared.events.cloudevent import from_binary
from shared.events.envelope import from_cloudevent
from shared.events.kafka import whole_headers
from tests.integration.referrals_builder import Referrals, days_ahead, meeting, referrals
from tests.integration.reminders_builder import CONTACT, Reminders, opened, settings_for

AA = meeting("AA", weekday=2)
BEFORE = ("meeting-day-before", "meeting-two-hours")


@dataclass
class Both:
    """`travel`: what referrals has said since the last time is heard by reminders."""

    referrals: Referrals
    reminders: Reminders
    told: int = field(default=0)

    async def travel(self) -> None:
        async with self.referrals.database.reading() as connection:
            query = b"SELECT seq, headers, value FROM outbox WHERE seq > %s ORDER BY seq"
            rows = await (await connection.execute(query, (self.told,))).fetchall()
        self.told = rows[-1][0] if rows else self.told
        events = [
            from_cloudevent(from_binary(whole_headers(orjson.loads(headers)), value)) for _, headers, value in rows
        ]
        heard = [event for event in events if type(event.data) in REACTIONS]
        await self.reminders.hear(*heard, at=datetime.now(UTC))


@pytest.fixture
async def both(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Both]:
    for name in ("referrals", "reminders"):
        (tmp_path / name).mkdir()
    async with (
        referrals(postgres, tmp_path / "referrals") as one,
        opened(settings_for(postgres, tmp_path / "reminders")) as other,
    ):
        await one.lists(AA)
        yield Both(one, other)


async def _plans_to_go(both: Both) -> tuple[str, UUID]:
    client = await both.referrals.open()
    when = days_ahead(2, weeks=1)
    path = f"/referrals/{client['referralId']}"
    made = await both.referrals.post(f"{path}/commitments", {"meetingId": str(AA.meeting_id), "date": str(when)})
    assert made.status_code == 201
    await both.travel()
    answer = await both.reminders.call("PUT", f"/api/clients/{client['clientId']}/contact", json=CONTACT)
    assert answer.status_code == 200
    return path, UUID(client["clientId"])


async def _holds(both: Both, path: str, stage: int, days: int, **noted: object) -> dict[str, Any]:
    held = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    answer = await both.referrals.post(f"{path}/sessions", {"stage": stage, "heldAt": held, **noted})
    assert answer.status_code == 201, answer.text
    await both.travel()
    return answer.json()  # type: ignore[no-any-return]


async def test_scene_6_gone_through_together_and_referral_declined_nothing_nags_and_texts_stop(both: Both) -> None:
    path, client = await _plans_to_go(both)
    planned = await both.reminders.reminders(client)
    assert {planned[rule]["state"] for rule in BEFORE} == {"planned"}

    together = [{"number": number, "state": "talked-through"} for number in (1, 2, 3, 5)]
    needs = {"readingTogether": True, "unreadText": True, "onwardReferral": "offered-declined"}
    held = await _holds(both, path, 2, days=2, handouts=together, needs=needs)
    assert held["warnings"] == []

    shown = await both.referrals.shown(path.removeprefix("/referrals/"))
    assert shown["flags"] == []
    assert "unread" not in str(shown).replace("unreadText", "")
    assert shown["sessions"][-1]["needs"]["onwardReferral"] == "offered-declined"
    stopped = await both.reminders.reminders(client)
    assert {(stopped[rule]["state"], stopped[rule]["reason"]) for rule in BEFORE} == {("cancelled", "reads-no-text")}


async def test_who_reads_text_after_all_is_reminded_again(both: Both) -> None:
    path, client = await _plans_to_go(both)
    await _holds(both, path, 1, days=3, needs={"unreadText": True})
    await _holds(both, path, 2, days=2)
    assert {(await both.reminders.reminders(client))[rule]["state"] for rule in BEFORE} == {"cancelled"}
    await _holds(both, path, 2, days=1, needs={"largePrint": True})
    # Planned under new ids: the cancelled ones are due at the same moment and are listed beside them.
    answer = await both.reminders.call("GET", f"/api/clients/{client}/reminders")
    assert {(each["rule"], each["state"]) for each in answer.json()["reminders"] if each["rule"] in BEFORE} == {
        (rule, state) for rule in BEFORE for state in ("cancelled", "planned")
    }
