"""A meeting that changes by an import, and who plans to go there: all in one transaction."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.handlers.meeting_changes import keep_older_commitments
from shared.meetings import meeting_id
from tests.integration.directory_builder import as_csv, listed
from tests.integration.referrals_builder import Referrals, days_ahead, referrals

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TODAY = datetime.now(UTC).date()
IN_TWO_DAYS, IN_THREE_DAYS = (DAYS[(TODAY + timedelta(days=days)).weekday()] for days in (2, 3))
HTML = {"Accept": "text/html"}
OTHERS = [listed(f"Group {number}") for number in range(9)]


@pytest.fixture(scope="module")
async def here(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path_factory.mktemp("referrals")) as made:
        yield made


async def imports(here: Referrals, feed: str, **said: str) -> dict[str, Any]:
    """Nine that stay, and one as `said`; without anything said it is gone."""
    lines = [*OTHERS, *([listed("Ours", **said)] if said else [])]
    answer = await here.http.post(
        "/api/directory/imports",
        params={"feed": feed, "format": "csv", "timeZone": "Europe/London"},
        content=as_csv(*lines),
        headers=here.person(roles=["operations"], team=None),
    )
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def commits(here: Referrals, feed: str, own_id: str = "ours", **who: object) -> tuple[str, dict[str, Any]]:
    """A new client's referral, with a commitment to the meeting in two days' time."""
    opened = await here.open(nhsNumber=None, confirmNew=True, **who)
    at = f"/referrals/{opened['referralId']}"
    date = str(days_ahead(TODAY.isoweekday() % 7 + 1) + timedelta(days=1))
    body = {"meetingId": str(meeting_id(feed, own_id)), "date": date}
    answer = await here.post(f"{at}/commitments", body)
    assert answer.status_code == 201, answer.text
    return at, answer.json()


async def shown(here: Referrals, at: str) -> dict[str, Any]:
    return await here.shown(at.rpartition("/")[2])


def raised(shown: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(flag["code"], [what["code"] for what in flag.get("what", [])]) for flag in shown["flags"]]


async def test_every_commitment_to_a_meeting_that_moves_is_flagged_and_the_day_shown_as_gone(here: Referrals) -> None:
    await imports(here, "moves", weekday=IN_TWO_DAYS, start="18:00")
    one, _ = await commits(here, "moves", name="One Client")
    other, made = await commits(here, "moves", name="Other Client")
    await imports(here, "moves", weekday=IN_THREE_DAYS, start="18:00")
    for at in (one, other):
        now = await shown(here, at)
        assert raised(now) == [("meeting-changed", ["day"])]
        assert now["commitments"][0]["meetingNow"] == "not-that-day"
    [flag] = (await shown(here, other))["flags"]
    assert flag["about"] == made["commitmentId"]
    assert flag["what"][0]["text"] == "It is no longer held on the day that the client plans to go."


async def test_who_plans_to_go_to_a_meeting_that_is_paused_is_flagged_until_it_is_suggested_again(
    here: Referrals,
) -> None:
    await imports(here, "paused", weekday=IN_TWO_DAYS, start="18:00")
    at, made = await commits(here, "paused")
    lead = here.person(sub="tess", roles=["team-lead"])
    elsewhere = here.person(sub="lee", roles=["team-lead"], provider="Y11")
    meeting = f"/meetings/{meeting_id('paused', 'ours')}"
    assert (await here.post(f"{meeting}/pause", who=elsewhere)).status_code == 200
    assert raised(await shown(here, at)) == [], "another provider's pause is theirs"
    assert (await here.post(f"{meeting}/pause", who=lead)).status_code == 200
    now = await shown(here, at)
    assert raised(now) == [("meeting-paused", [])]
    assert [(flag["about"], now["commitments"][0]["state"]) for flag in now["flags"]] == [
        (made["commitmentId"], "planned")
    ]
    page = await here.http.get(f"/clients/{at.rpartition('/')[2]}", headers={"Accept": "text/html"} | here.person())
    assert "A team lead has paused this meeting" in page.text
    assert "A planned meeting is not suggested for now" in page.text
    assert (await here.post(f"{meeting}/resumption", who=lead)).status_code == 200
    assert raised(await shown(here, at)) == []


async def test_the_keyworker_puts_the_flag_away_and_the_day_is_still_shown_as_gone(here: Referrals) -> None:
    await imports(here, "seen", weekday=IN_TWO_DAYS, start="18:00")
    at, made = await commits(here, "seen")
    await imports(here, "seen", weekday=IN_TWO_DAYS, start="19:00")
    assert (await shown(here, at))["commitments"][0]["meetingNow"] == "other-time"
    body = {"code": "meeting-changed", "about": made["commitmentId"]}
    assert (await here.post(f"{at}/flags/seen", body)).json() == {"flags": []}
    assert (await here.post(f"{at}/flags/seen", body)).status_code == 200
    now = await shown(here, at)
    assert (raised(now), now["commitments"][0]["meetingNow"]) == ([], "other-time")
    assert [line["words"] for line in now["history"]][-1] == "Settled: A planned meeting has changed"


async def test_a_meeting_that_disappears_is_flagged_until_the_commitment_is_withdrawn(here: Referrals) -> None:
    await imports(here, "gone", weekday=IN_TWO_DAYS, start="18:00")
    at, made = await commits(here, "gone")
    await imports(here, "gone")
    now = await shown(here, at)
    assert raised(now) == [("meeting-closed", [])]
    assert (now["commitments"][0]["state"], now["commitments"][0]["meetingNow"]) == ("planned", "closed")
    answer = await here.post(f"{at}/commitments/{made['commitmentId']}/withdrawal", {})
    assert answer.status_code == 200, answer.text
    now = await shown(here, at)
    assert raised(now) == []
    assert "meetingNow" not in now["commitments"][0]


async def test_the_clients_page_says_at_the_commitment_what_differs_from_what_was_planned(here: Referrals) -> None:
    await imports(here, "row", weekday=IN_TWO_DAYS, start="18:00")
    at, _ = await commits(here, "row", name="Row Client")

    async def row() -> str:
        return (await here.http.get(f"/clients/{at.rpartition('/')[2]}", headers=here.person() | HTML)).text

    assert "now at another time" not in await row()
    await imports(here, "row", weekday=IN_TWO_DAYS, start="19:00")
    assert re.search(r"<strong>It is now at another time: [^<]+, 19:00\.</strong>", await row())
    await imports(here, "row")
    assert "<strong>It is no longer on its list.</strong>" in await row()


async def test_an_open_referral_service_that_has_ended_is_flagged_as_one_that_disappears(here: Referrals) -> None:
    async def brought(until: str) -> dict[str, Any]:
        tuesdays = {"freq": "WEEKLY", "byday": IN_TWO_DAYS[:2].upper(), "opens_at": "18:00"}
        place = {"service_at_locations": [{"location": {"id": "hall", "name": "Hall"}}]}
        ours = {"id": "ours", "name": "Alcoholics Anonymous", "schedules": [tuesdays | {"valid_to": until}]} | place
        others = [{**ours, "id": str(number), "schedules": [tuesdays]} for number in range(9)]
        answer = await here.http.post(
            "/api/directory/imports",
            params={"feed": "ends", "format": "open-referral", "timeZone": "Europe/London"},
            content=json.dumps([ours, *others]).encode(),
            headers=here.person(roles=["operations"], team=None),
        )
        assert answer.status_code == 200, answer.text
        return answer.json()  # type: ignore[no-any-return]

    await brought("2099-12-31")
    at, _ = await commits(here, "ends", own_id=f"ours/hall.{DAYS.index(IN_TWO_DAYS) + 1}")
    said = await brought(str(TODAY - timedelta(days=2)))
    assert (said["gone"], said["refused"]) == (1, [])
    assert said["notes"] == ["1 service has ended and was passed over."]
    assert raised(await shown(here, at)) == [("meeting-closed", [])]


async def test_an_import_that_changes_nothing_about_it_flags_nobody(here: Referrals) -> None:
    await imports(here, "same", weekday=IN_TWO_DAYS, start="18:00")
    at, _ = await commits(here, "same")
    said = await imports(here, "same", weekday=IN_TWO_DAYS, start="18:00", kinds="newcomer")
    assert said["changed"] == 1
    assert raised(await shown(here, at)) == []


async def test_what_was_committed_to_before_there_was_an_index_is_found_as_well(here: Referrals) -> None:
    await imports(here, "older", weekday=IN_TWO_DAYS, start="18:00")
    at, _ = await commits(here, "older")
    async with here.database.work() as uow:
        await uow.connection.execute("DELETE FROM commitment_ahead")
        await uow.connection.execute("UPDATE referral SET ahead_kept = false")
    await keep_older_commitments(here.database)
    await imports(here, "older")
    assert raised(await shown(here, at)) == [("meeting-closed", [])]


async def test_an_erasure_leaves_nothing_of_what_lay_ahead(here: Referrals) -> None:
    await imports(here, "erased", weekday=IN_TWO_DAYS, start="18:00")
    at, made = await commits(here, "erased")
    lead = here.person(roles=["team-lead"])
    client = (await shown(here, at))["clientId"]
    query = "SELECT count(*) FROM commitment_ahead WHERE commitment_id = %s"
    assert await _count(here, query, made["commitmentId"]) == 1
    assert (await here.http.delete(f"/api/clients/{client}", headers=lead)).is_success
    assert await _count(here, query, made["commitmentId"]) == 0


async def _count(here: Referrals, query: str, value: str) -> int:
    async with here.database.reading() as connection:
        [(number,)] = await (await connection.execute(query.encode(), (value,))).fetchall()
    return int(number)
