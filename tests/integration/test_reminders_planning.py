"""What is heard, and what is planned, moved and cancelled because of it, on a real database."""

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.events.contract import Contract
from shared.events.referrals import (
    CommitmentWithdrawn,
    ReferralEnded,
    ReferralOpened,
    ReferralReopened,
)
from shared.events.walls import ForeignProvider
from tests.integration.reminders_builder import (
    MORNING,
    START,
    Reminders,
    known,
    listed,
    made,
    noted,
    opened,
    personal,
    settings_for,
    states,
)

LATER = MORNING + timedelta(hours=1)
AFTERWARDS = START + timedelta(hours=1)
PLANNED = ("meeting-day-before", "meeting-two-hours", "did-you-go")


@pytest.fixture
async def reminders(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Reminders]:
    async with opened(settings_for(postgres, tmp_path)) as reminders:
        yield reminders


async def test_a_commitment_plans_its_messages_and_says_so(reminders: Reminders) -> None:
    client = await reminders.client()
    commitment = made(client)
    await reminders.hear(commitment)
    there = await reminders.reminders(client)
    assert {rule: (each["dueAt"], each["localTime"], each["state"]) for rule, each in there.items()} == {
        "meeting-day-before": ("2026-11-24T18:00:00Z", "2026-11-24T18:00:00", "planned"),
        "meeting-two-hours": ("2026-11-25T17:00:00Z", "2026-11-25T17:00:00", "planned"),
        "did-you-go": ("2026-11-26T10:00:00Z", "2026-11-26T10:00:00", "planned"),
    }
    said = await reminders.said()
    assert {(each["verb"], each["rule"], each["messageId"]) for each in said} == {
        ("planned", rule, each["reminderId"]) for rule, each in there.items()
    }
    assert {each["commitmentId"] for each in said} == {str(commitment.data.commitment_id)}


async def test_word_that_the_client_went_cancels_one_question_and_plans_the_other(reminders: Reminders) -> None:
    client = await reminders.client()
    commitment = made(client)
    await reminders.hear(commitment)
    await reminders.hear(noted(commitment, "attended"), at=AFTERWARDS)
    there = await reminders.reminders(client)
    assert states(there, "did-you-go", "how-was-it") == [("cancelled", "word-has-come"), ("planned", None)]
    assert there["how-was-it"]["localTime"] == "2026-11-26T10:00:00"


def of_it(data: type[Contract], commitment: Any, **said: object) -> Any:  # noqa: ANN401 - events of many kinds
    """Something about the commitment, or about the referral that it belongs to."""
    ids = {"referral_id": commitment.data.referral_id, "commitment_id": commitment.data.commitment_id}
    fields = {name: value for name, value in ids.items() if name in data.model_fields}
    return personal(data.model_validate(fields | {"at": LATER} | said), commitment.client, at=LATER)


async def test_a_withdrawn_commitment_cancels_what_was_planned_for_it_alone(reminders: Reminders) -> None:
    client = await reminders.client()
    commitment, other = made(client), made(client, START + timedelta(days=1))
    await reminders.hear(commitment, other)
    await reminders.hear(of_it(CommitmentWithdrawn, commitment), at=LATER)
    rows = await reminders.rows("SELECT commitment_id, state, reason FROM message")
    assert {row for row in rows if row[0] == commitment.data.commitment_id} == {
        (commitment.data.commitment_id, "cancelled", "commitment-withdrawn")
    }
    assert {row[1] for row in rows if row[0] == other.data.commitment_id} == {"planned"}


async def test_an_ended_referral_cancels_all_that_is_planned_and_reopening_brings_no_old_commitment_back(
    reminders: Reminders,
) -> None:
    client = await reminders.client()
    commitment = made(client)
    await reminders.hear(commitment)
    await reminders.hear(of_it(ReferralEnded, commitment, kind="lost-contact"), at=LATER)
    ended = await reminders.reminders(client)
    assert set(states(ended, *PLANNED)) == {("cancelled", "referral-ended")}
    await reminders.hear(of_it(ReferralReopened, commitment), at=LATER)
    assert await reminders.reminders(client) == ended


async def test_a_question_about_a_meeting_before_the_ending_returns_when_the_referral_is_reopened(
    reminders: Reminders,
) -> None:
    client = await reminders.client()
    commitment = made(client)
    await reminders.hear(commitment)
    await reminders.hear(of_it(ReferralEnded, commitment, kind="lost-contact", at=AFTERWARDS), at=AFTERWARDS)
    assert states(await reminders.reminders(client), "did-you-go") == [("cancelled", "referral-ended")]
    await reminders.hear(of_it(ReferralReopened, commitment, at=AFTERWARDS), at=AFTERWARDS)
    rows = await reminders.rows("SELECT state FROM message WHERE rule = 'did-you-go' ORDER BY state")
    assert rows == [("cancelled",), ("planned",)]


@pytest.mark.parametrize("status", ["closed-for-now", "withdrawn"])
async def test_a_meeting_that_closes_cancels_and_one_that_opens_again_plans_again(
    reminders: Reminders, status: str
) -> None:
    client, meeting = await reminders.client(), uuid4()
    await reminders.hear(made(client, meeting=meeting))
    await reminders.hear(listed(meeting, at=LATER, status=status), at=LATER)
    assert set(states(await reminders.reminders(client), *PLANNED)) == {("cancelled", "meeting-closed")}
    await reminders.hear(listed(meeting, at=LATER + timedelta(hours=1)))
    planned = await reminders.rows("SELECT count(*) FROM message WHERE state = 'planned'")
    assert planned == [(3,)]


async def test_a_meeting_that_moves_to_another_hour_takes_its_messages_along(reminders: Reminders) -> None:
    client, meeting = await reminders.client(), uuid4()
    await reminders.hear(listed(meeting, at=MORNING - timedelta(days=1)))
    await reminders.hear(made(client, meeting=meeting))
    before = await reminders.reminders(client)
    await reminders.hear(listed(meeting, at=LATER, start=time(20, 30)), at=LATER)
    after = await reminders.reminders(client)
    assert after["meeting-two-hours"]["localTime"] == "2026-11-25T18:30:00"
    assert after["meeting-two-hours"]["reminderId"] == before["meeting-two-hours"]["reminderId"]
    assert set(states(after, *PLANNED)) == {("planned", None)}


async def test_a_meeting_that_moves_to_another_day_is_not_on_that_evening(reminders: Reminders) -> None:
    client, meeting = await reminders.client(), uuid4()
    await reminders.hear(made(client, meeting=meeting))
    await reminders.hear(listed(meeting, at=LATER, weekday=4), at=LATER)
    assert set(states(await reminders.reminders(client), *PLANNED)) == {("cancelled", "meeting-moved")}


async def test_a_meeting_that_closes_after_it_took_place_is_still_asked_about(reminders: Reminders) -> None:
    client, meeting = await reminders.client(), uuid4()
    await reminders.hear(made(client, meeting=meeting))
    await reminders.hear(listed(meeting, at=AFTERWARDS, status="withdrawn"), at=AFTERWARDS)
    assert states(await reminders.reminders(client), "did-you-go") == [("planned", None)]


async def test_a_directory_that_is_heard_again_with_nothing_new_changes_nothing(reminders: Reminders) -> None:
    client, meeting = await reminders.client(), uuid4()
    await reminders.hear(made(client, meeting=meeting))
    said = await reminders.said()
    await reminders.hear(listed(meeting, at=LATER), listed(meeting, at=LATER + timedelta(hours=1)), at=LATER)
    assert await reminders.said() == said


async def test_an_older_listing_that_comes_late_is_passed_over(reminders: Reminders) -> None:
    client, meeting = await reminders.client(), uuid4()
    await reminders.hear(made(client, meeting=meeting))
    await reminders.hear(listed(meeting, at=LATER, start=time(20)), at=LATER)
    await reminders.hear(listed(meeting, at=MORNING), at=LATER)
    assert (await reminders.reminders(client))["meeting-two-hours"]["localTime"] == "2026-11-25T18:00:00"


async def test_a_commitment_that_comes_after_the_news_of_its_meeting_is_planned_by_the_news(
    reminders: Reminders,
) -> None:
    client, moved, closed = await reminders.client(), uuid4(), uuid4()
    await reminders.hear(listed(moved, at=LATER, start=time(20)), listed(closed, at=MORNING, status="withdrawn"))
    await reminders.hear(made(client, meeting=moved), made(client, meeting=closed), at=LATER)
    there = await reminders.rows("SELECT DISTINCT starts_at AT TIME ZONE 'UTC', state FROM message")
    assert there == [(datetime(2026, 11, 25, 20), "planned")]  # noqa: DTZ001  # PostgreSQL answers without a zone


async def test_what_comes_before_the_client_is_known_is_kept_and_planned_then(reminders: Reminders) -> None:
    client = uuid4()
    await reminders.hear(made(client))
    assert (await reminders.put(client)).status_code == 404
    await reminders.hear(known(client))
    assert await reminders.reminders(client) == {}
    assert (await reminders.put(client)).status_code == 200
    assert set(states(await reminders.reminders(client), *PLANNED)) == {("planned", None)}


async def test_an_outcome_that_comes_before_its_commitment_counts(reminders: Reminders) -> None:
    client = await reminders.client()
    commitment = made(client)
    await reminders.hear(noted(commitment, "not-attended"), at=AFTERWARDS)
    await reminders.hear(commitment)
    assert await reminders.reminders(client) == {}


async def test_a_commitment_noted_a_year_late_plans_nothing(reminders: Reminders) -> None:
    client = await reminders.client()
    commitment = made(client, START - timedelta(days=364))
    await reminders.hear(commitment, noted(commitment, "attended"))
    assert await reminders.reminders(client) == {}


async def test_a_new_zone_moves_what_is_planned_unless_the_client_chose_their_own(reminders: Reminders) -> None:
    chose, not_chosen = await reminders.client(), uuid4()
    await reminders.hear(known(not_chosen), made(chose), made(not_chosen))
    await reminders.hear(known(chose, time_zone="Europe/Paris"))
    assert (await reminders.reminders(chose))["did-you-go"]["timeZone"] == "Europe/London"
    await reminders.put(chose, timeZone="Europe/Paris")
    moved = (await reminders.reminders(chose))["did-you-go"]
    assert (moved["timeZone"], moved["localTime"]) == ("Europe/Paris", "2026-11-26T10:00:00")
    assert moved["dueAt"] == "2026-11-26T09:00:00Z"


async def test_a_purpose_that_is_no_longer_agreed_cancels_at_once(reminders: Reminders) -> None:
    client = await reminders.client()
    await reminders.hear(made(client))
    await reminders.put(client, purposes=["check-ins"])
    there = await reminders.reminders(client)
    assert states(there, *PLANNED) == [("cancelled", "purpose-not-agreed")] * 2 + [("planned", None)]
    await reminders.put(client, email=None)
    assert states(await reminders.reminders(client), "did-you-go") == [("cancelled", "no-address")]


async def test_two_batches_with_hundreds_of_clients_plan_for_each_of_them(reminders: Reminders) -> None:
    clients = [uuid4() for _ in range(300)]
    await reminders.hear(*(known(client) for client in clients))
    await reminders.hear(*(made(client) for client in clients))
    assert await reminders.rows("SELECT count(*) FROM commitment") == [(300,)]
    assert await reminders.rows("SELECT count(DISTINCT client) FROM client WHERE state = 'active'") == [(300,)]


async def test_an_event_of_another_provider_about_the_client_is_not_applied(reminders: Reminders) -> None:
    client = await reminders.client()
    foreign = personal(made(client).data, client, provider="X98")
    with pytest.raises(ForeignProvider):
        await reminders.hear(foreign)
    assert await reminders.reminders(client) == {}


async def test_everything_moves_with_the_client_to_another_team(reminders: Reminders) -> None:
    client = await reminders.client()
    commitment = made(client)
    opening = ReferralOpened.model_validate(
        {"referral_id": commitment.data.referral_id, "for": "self", "for_what": ["alcohol"], "opened_at": MORNING}
    )
    await reminders.hear(personal(opening, client), commitment)
    await reminders.hear(known(client, team="south"))
    for table in ("client", "contact", "referral", "commitment", "message"):
        assert set(await reminders.rows(f"SELECT provider, team FROM {table}")) == {("X99", "south")}
