"""The doors of `/api/referrals` on a real database: what they do, say, warn of and refuse."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.meetings import Meeting
from tests.integration.referrals_builder import ROBIN, Referrals, attended, days_ahead, meeting, referrals, words

AA = meeting("AA", weekday=2)
SMART = meeting("SMART", weekday=4, organisation="smart-recovery")
AL_ANON = meeting("Al-Anon", weekday=3, organisation="al-anon", audience="family")


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        await opened.lists(AA, SMART, AL_ANON)
        yield opened


def ago(**span: float) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat()


async def commit(here: Referrals, referral: str, when: date, at: Meeting = AA, **said: str) -> dict[str, Any]:
    body = {"meetingId": str(at.meeting_id), "date": when.isoformat(), **said}
    answer = await here.post(f"/referrals/{referral}/commitments", body)
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def test_opening_says_who_the_client_is_and_that_it_was_opened(here: Referrals) -> None:
    opened = await here.open()
    assert len(opened["cardCode"]) == 16
    said = dict(await here.said())
    assert set(said) == {"client.known", "referral.opened"}
    assert said["client.known"]["state"] == "active"
    assert said["client.known"]["emitters"] == []
    assert said["referral.opened"]["referralId"] == opened["referralId"]
    assert "Robin" not in str(said)
    assert "9990548609" not in str(said)


async def test_the_same_person_with_an_open_referral_is_answered_with_a_link_to_it(here: Referrals) -> None:
    first = await here.open()
    again = await here.post("/referrals", {**_robin(), "name": "R. Example"})
    assert (again.status_code, words(again)) == (409, [("for", "already-open")])
    assert again.json()["referrals"][0]["href"] == f"/api/referrals/{first['referralId']}"


async def test_the_same_person_for_themselves_and_for_somebody_else_is_one_client(here: Referrals) -> None:
    own, family = await here.open(), await here.open(**{"for": "family"})
    assert own["clientId"] == family["clientId"]
    assert family["cardCode"] is None, "the card that is out there stays valid"


async def test_without_a_number_the_same_name_and_birth_date_asks_first(here: Referrals) -> None:
    await here.open(nhsNumber=None)
    twin = {**_robin(), "name": "robin  EXAMPLE"} | {"nhsNumber": None}
    asked = await here.post("/referrals", twin)
    assert (asked.status_code, words(asked)) == (409, [("name", "possible-duplicate")])
    confirmed = await here.post("/referrals", {**twin, "confirmNew": True})
    assert confirmed.status_code == 201


async def test_who_is_recognised_without_a_number_is_the_same_client_with_what_was_learned(here: Referrals) -> None:
    first = await here.open(nhsNumber=None)
    met = {"stage": 1, "heldAt": ago(days=1), "experience": [{"organisation": "aa", "level": "years-then-relapse"}]}
    assert (await here.post(f"/referrals/{first['referralId']}/sessions", met)).status_code == 201
    assert (await here.post(f"/referrals/{first['referralId']}/ending", {"kind": "engaged"})).status_code == 200

    again = await here.post("/referrals", {**_robin(), "clientId": first["clientId"]})

    assert again.status_code == 201
    assert again.json()["clientId"] == first["clientId"]
    assert [one["organisation"] for one in (await here.shown(again.json()["referralId"]))["experience"]] == ["aa"]
    who = (await here.get(f"/referrals/{first['referralId']}/identity")).json()
    assert who["nhsNumber"] == _robin()["nhsNumber"], "what was not known before is noted"


async def test_nobody_is_recognised_in_what_says_otherwise(here: Referrals) -> None:
    known = (await here.open(nhsNumber=None))["clientId"]
    answer = await here.post("/referrals", {**_robin(), "name": "Ash Else", "for": "family", "clientId": known})
    assert (answer.status_code, words(answer)) == (409, [("clientId", "another-person")])


async def test_another_teams_client_is_not_recognised(here: Referrals) -> None:
    known = (await here.open(nhsNumber=None))["clientId"]
    sam = here.person(sub="sam", team="south")
    answer = await here.post("/referrals", {**_robin(), "for": "family", "clientId": known}, who=sam)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"nhsNumber": "9990548608"}, "nhsNumber", "nhs-number-check-digit"),
        ({"nhsNumber": "12345"}, "nhsNumber", "nhs-number-malformed"),
        ({"birthDate": "2190-01-01"}, "birthDate", "in-the-future"),
        ({"timeZone": "Europe/Nowhere"}, "timeZone", "unknown-time-zone"),
        ({"forWhat": []}, "forWhat", "for-what-missing"),
        ({"openedAt": "2026-01-01T10:00:00"}, "openedAt", "time-without-zone"),
        ({"openedAt": "2190-01-01T10:00:00Z"}, "openedAt", "in-the-future"),
        ({"for": "friend"}, "for", "literal-error"),
        ({"surname": "Example"}, "surname", "extra-forbidden"),
    ],
)
async def test_what_is_wrong_with_an_opening_is_said_by_field(
    here: Referrals, changed: dict[str, Any], field: str, code: str
) -> None:
    answer = await here.post("/referrals", {**_robin(), **changed})
    assert answer.status_code == 422
    assert words(answer) == [(field, code)]
    assert await here.said() == []


async def test_a_session_needs_its_stage_and_date_only_and_the_rest_is_not_recorded(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    held = await here.post(f"/referrals/{referral}/sessions", {"stage": 2, "heldAt": ago(days=1)})
    assert held.status_code == 201
    assert held.json()["suggestedNext"]["stage"] == 2
    shown = await here.shown(referral)
    assert shown["stage"] == 2
    assert shown["sessions"][0]["notRecorded"] == [
        *("how", "present", "handouts", "experience", "concerns", "needs", "explained", "takingPart"),
        *("didNotFit", "risks", "lapseOn", "barriers", "preferredOrganisation"),
    ]
    assert shown["goals"] == []


async def test_every_date_of_a_handout_is_kept(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    for stage, days in ((2, 14), (3, 7)):
        handouts = [{"number": 5, "state": "talked-through"}, {"number": 1, "state": "talked-through"}]
        body = {"stage": stage, "heldAt": ago(days=days), "handouts": handouts}
        assert (await here.post(f"/referrals/{referral}/sessions", body)).status_code == 201
    kept = [(h["number"], h["state"]) for h in (await here.shown(referral))["handouts"]]
    assert kept == [(5, "talked-through"), (1, "talked-through")] * 2


async def test_a_commitment_agrees_a_goal_due_seven_days_later_and_attendance_achieves_it(here: Referrals) -> None:
    opened = await here.open()
    when = days_ahead(2, weeks=-1)
    made = await commit(here, opened["referralId"], when, madeAt=ago(days=8))
    assert made["timeZone"] == "Europe/London"
    assert made["start"].startswith(f"{when}T19:00:00")

    await here.hears(attended(opened["clientId"], AA, when))
    shown = await here.shown(opened["referralId"])
    assert [(goal["kind"], goal["state"]) for goal in shown["goals"]] == [("attend-meeting", "achieved")]
    assert [made["state"] for made in shown["commitments"]] == ["attended"]
    assert shown["attendance"]["attended"] == 1
    said = [name for name, _ in await here.said()]
    assert said[-2:] == ["commitment.outcome-noted", "goal.achieved"]


async def test_attendance_that_is_told_first_counts_for_the_commitment_that_comes_later(here: Referrals) -> None:
    opened = await here.open()
    when = days_ahead(2, weeks=-1)
    await here.hears(attended(opened["clientId"], AA, when))
    await commit(here, opened["referralId"], when, madeAt=ago(days=8))
    shown = await here.shown(opened["referralId"])
    assert (shown["goals"][0]["state"], shown["commitments"][0]["state"]) == ("achieved", "attended")


async def test_going_to_another_meeting_achieves_the_weeks_goal_and_credits_only_where_they_went(
    here: Referrals,
) -> None:
    opened = await here.open()
    tuesday = days_ahead(2, weeks=-2)
    await commit(here, opened["referralId"], tuesday, madeAt=f"{tuesday}T09:00:00Z")
    await here.hears(attended(opened["clientId"], SMART, tuesday + timedelta(days=2)))
    shown = await here.shown(opened["referralId"])
    assert (shown["goals"][0]["state"], shown["commitments"][0]["state"]) == ("achieved", "went-to-another")


async def test_somebody_elses_not_attended_is_shown_and_leaves_the_goal_untouched(here: Referrals) -> None:
    opened = await here.open()
    when = days_ahead(2, weeks=-1)
    await commit(here, opened["referralId"], when, madeAt=ago(days=8))
    await here.hears(attended(opened["clientId"], AA, when, by="client"))
    await here.hears(attended(opened["clientId"], AA, when, by="client", disagreement=True))
    shown = await here.shown(opened["referralId"])
    assert [flag["code"] for flag in shown["flags"]] == ["disagreement"]
    assert shown["goals"][0]["state"] == "achieved"


async def test_no_word_for_ten_days_is_not_heard_from_and_nowhere_missed(here: Referrals) -> None:
    opened = await here.open()
    await commit(here, opened["referralId"], days_ahead(2, weeks=-3), madeAt=ago(days=25))
    shown = await here.shown(opened["referralId"])
    assert shown["goals"][0]["state"] == "agreed"
    assert shown["commitments"][0]["state"] == "not-heard-yet"
    assert [flag["code"] for flag in shown["flags"]] == ["not-heard-from"]
    assert "missed" not in str(shown)


async def test_the_same_fact_twice_changes_nothing(here: Referrals) -> None:
    opened = await here.open()
    fact = attended(opened["clientId"], AA, days_ahead(2, weeks=-1))
    await here.hears(fact, fact)
    before = await here.shown(opened["referralId"])
    await here.hears(fact)
    assert await here.shown(opened["referralId"]) == before


async def test_an_etag_counts_peoples_commands_and_not_attendance(here: Referrals) -> None:
    opened = await here.open()
    path = f"/referrals/{opened['referralId']}"
    known = (await here.get(path)).headers["ETag"]
    await here.hears(attended(opened["clientId"], AA, days_ahead(2, weeks=-1)))
    assert (await here.get(path)).headers["ETag"] == known

    body = {"stage": 1, "heldAt": ago(days=2)}
    first = await here.post(f"{path}/sessions", body, if_match=known)
    assert first.status_code == 201
    stale = await here.post(f"{path}/sessions", body, if_match=known)
    assert (stale.status_code, words(stale)) == (412, [("If-Match", "stale")])
    assert stale.headers["ETag"] == first.headers["ETag"]
    assert len((await here.shown(opened["referralId"]))["sessions"]) == 1


async def test_a_meeting_that_is_not_held_that_day_is_refused_in_words(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    wednesday = days_ahead(2, weeks=1) + timedelta(days=1)
    for body, field, code in (
        ({"meetingId": str(AA.meeting_id), "date": str(wednesday)}, "date", "no-such-occurrence"),
        ({"meetingId": str(uuid4()), "date": str(wednesday)}, "meetingId", "unknown-meeting"),
        ({"meetingId": str(AL_ANON.meeting_id), "date": str(wednesday)}, "meetingId", "meeting-for-others"),
    ):
        answer = await here.post(f"/referrals/{referral}/commitments", body)
        assert (answer.status_code, words(answer)) == (422, [(field, code)])
    assert (await here.shown(referral))["commitments"] == []


async def test_a_commitment_far_ahead_is_made_with_a_warning(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    made = await commit(here, referral, days_ahead(2, weeks=3))
    assert [warning["code"] for warning in made["warnings"]] == ["more-than-a-week-ahead", "beliefs-not-heard"]


async def test_a_withdrawn_commitment_leaves_its_goal(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    made = await commit(here, referral, days_ahead(2, weeks=1))
    path = f"/referrals/{referral}/commitments/{made['commitmentId']}/withdrawal"
    assert (await here.post(path, {})).json()["state"] == "withdrawn"
    assert words(await here.post(path, {})) == [("state", "already-withdrawn")]
    assert (await here.shown(referral))["goals"][0]["state"] == "agreed"


async def test_goals_move_as_client_and_keyworker_say(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    proposed = await here.post(f"/referrals/{referral}/goals", {"kind": "keep-journal", "state": "proposed"})
    assert proposed.status_code == 201
    outcome = f"/referrals/{referral}/goals/{proposed.json()['goalId']}/outcome"
    assert (await here.post(outcome, {"outcome": "agreed"})).json()["state"] == "agreed"
    assert (await here.post(outcome, {"outcome": "not-achieved"})).json()["state"] == "not-achieved"
    assert (await here.post(outcome, {"outcome": "achieved"})).status_code == 422
    unknown = await here.post(f"/referrals/{referral}/goals/{uuid4()}/outcome", {"outcome": "achieved"})
    assert unknown.status_code == 404


async def test_own_words_stay_at_home(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    wanted = {"kind": "own-words", "words": "Ring my sister Ellen", "state": "agreed"}
    assert (await here.post(f"/referrals/{referral}/goals", wanted)).json()["words"] == "Ring my sister Ellen"
    assert "Ellen" not in str(await here.said())
    async with here.database.reading() as connection:
        kept = await (await connection.execute("SELECT snapshot FROM referral")).fetchall()
        kept += await (await connection.execute("SELECT events FROM decision")).fetchall()
    assert not any(b"Ellen" in row[0] for row in kept)


async def test_not_at_this_time_rests_the_goals_and_a_reopening_resumes_them(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    await commit(here, referral, days_ahead(2, weeks=1))
    ended = await here.post(f"/referrals/{referral}/ending", {"kind": "not-at-this-time"})
    assert ended.json()["state"] == "ended"
    shown = await here.shown(referral)
    assert (shown["goals"][0]["state"], shown["commitments"][0]["state"]) == ("paused", "withdrawn")
    assert shown["suggestedNext"] is None
    reopened = await here.post(f"/referrals/{referral}/reopening", {})
    assert reopened.json()["state"] == "open"
    assert (await here.shown(referral))["goals"][0]["state"] == "agreed"


async def test_somebody_who_returns_has_their_experience_and_starts_at_nought(here: Referrals) -> None:
    first = await here.open(openedAt=ago(days=800))
    experience = [{"organisation": "aa", "level": "years-then-relapse", "perceptions": "Felt at home"}]
    body = {"stage": 1, "heldAt": ago(days=790), "experience": experience}
    await here.post(f"/referrals/{first['referralId']}/sessions", body)
    await here.hears(attended(first["clientId"], AA, days_ahead(2, weeks=-1)))
    await here.post(f"/referrals/{first['referralId']}/ending", {"kind": "engaged", "at": ago(days=4)})
    again = await here.open(openedAt=ago(days=1))
    shown = await here.shown(again["referralId"])
    assert again["clientId"] == first["clientId"]
    assert shown["experience"][0]["perceptions"] == "Felt at home"
    assert shown["suggestedNext"]["stage"] == 2
    assert shown["attendance"]["attended"] == 0
    assert shown["earlier"][0]["referralId"] == first["referralId"]


async def test_two_keyworkers_open_the_same_person_at_once_and_one_client_comes_of_it(here: Referrals) -> None:
    answers = await asyncio.gather(*(here.post("/referrals", _robin()) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert [name for name, _ in await here.said()].count("client.known") == 1


def _robin() -> dict[str, Any]:
    return dict(ROBIN)
