"""Scene: the README's client went to the meeting that they had committed to, and somebody's check-in app saw it."""

from datetime import datetime, time
from typing import Any

from tests.eventually import eventually
from tests.journeys.example import Example, goals, is_achieved, post, state_of
from tests.journeys.local_run import LocalRun

_WHEN_BUSY = 10.0
"""Seconds. On a quiet machine it is a tenth of one; the benchmark holds that to account."""


async def test_the_goal_in_progress_is_achieved_within_a_second(example: Example) -> None:
    assert state_of(example.before[example.goal]) == ("active", "in-progress")
    assert state_of(example.after[example.goal]) == ("completed", "achieved")
    assert example.seconds < _WHEN_BUSY
    others = example.before.keys() - {example.goal}
    assert len(others) >= 3
    assert all(example.after[goal] == example.before[goal] for goal in others)


async def test_nobody_is_asked_whether_they_went_but_how_it_was_the_next_morning(
    run: LocalRun, example: Example
) -> None:
    planned = await eventually(lambda: _planned(run))
    asked = planned["did-you-go"]
    assert (asked["state"], asked["reason"]) == ("cancelled", "word-has-come")
    due = datetime.fromisoformat(planned["how-was-it"]["localTime"])
    met = datetime.fromisoformat(planned["how-was-it"]["dueAt"])
    assert planned["how-was-it"]["state"] == "planned"
    assert (due.time(), planned["how-was-it"]["timeZone"]) == (time(10), "Europe/London")
    assert met > datetime.fromisoformat(example.after[example.goal]["meta"]["lastUpdated"])


async def test_the_same_file_again_gets_the_same_answer_and_changes_nothing(run: LocalRun, example: Example) -> None:
    before = await eventually(lambda: _planned(run))
    again = await post(run, example.emitter, example.event)
    assert (again.status_code, again.json()) == (202, example.answer.json())
    assert await goals(run, example.reader) == example.after
    assert is_achieved(example.after[example.goal])
    assert await _planned(run) == before


async def test_every_service_shows_the_events_way(run: LocalRun, example: Example) -> None:
    await eventually(lambda: _planned(run))
    ways = {service: await _way(run, service, example.event_id) for service in ("journal", "referrals", "reminders")}
    assert "journal.attendance.recorded.v1" in ways["journal"]
    assert "referrals.commitment.outcome-noted.v1" in ways["referrals"]
    assert "referrals.goal.achieved.v1" in ways["referrals"]
    assert "reminders.message.cancelled.v1" in ways["reminders"]
    assert "reminders.message.planned.v1" in ways["reminders"]


async def _planned(run: LocalRun) -> dict[str, Any]:
    """The messages about today's commitment by their rule, once word of it has come to reminders."""
    robin = run.robin
    answer = await run.doors.call("kay", "GET", "reminders", f"/api/clients/{robin['clientId']}/reminders")
    about = [one for one in answer.json()["reminders"] if one["commitmentId"] == robin["commitmentId"]]
    by_rule = {one["rule"]: one for one in about}
    assert len(by_rule) == len(about), "one message per rule"
    return by_rule if "how-was-it" in by_rule else {}


async def _way(run: LocalRun, service: str, event_id: str) -> str:
    accept = {"Accept": "text/html"}
    answer = await run.doors.call("otto", "GET", service, "/ops", params={"find": event_id}, headers=accept)
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text
