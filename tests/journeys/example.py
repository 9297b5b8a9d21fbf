"""The main job by the commands of the README: an event goes in at one end, the changed Goal comes out at the other."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import httpx

from tests.eventually import eventually
from tests.journeys.local_run import LocalRun

ON_EVENTS = {"content-type": "application/cloudevents+json"}
_ON_FORMS = {"content-type": "application/x-www-form-urlencoded"}
NHS = "https://fhir.nhs.uk/Id/nhs-number"
_ASKED = f"patient:identifier={NHS}|9990548609&_include=CarePlan:goal"


@dataclass
class Example:
    """`event` as the file has it; `before` and `after` are Goals by their id, `seconds` from sending to seeing.

    `emitter` and `reader` are the two systems' bearers, as headers.
    """

    event: bytes
    emitter: dict[str, str]
    reader: dict[str, str]
    answer: httpx.Response
    before: dict[str, Any]
    after: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0

    @property
    def event_id(self) -> str:
        """As our services call it."""
        return str(self.answer.json()["accepted"][0]["eventId"])

    @property
    def goal(self) -> str:
        """The one that was in progress."""
        [found] = [goal["id"] for goal in self.before.values() if _is_to_attend_and_in_progress(goal)]
        return str(found)


async def posted(run: LocalRun) -> Example:
    printed = await run.famalink("emit", "attendance", "--example")
    assert printed.code == 0, printed.err
    emitter = await run.token("--system", "demo-emitter", "--scope", "attendance.write")
    reader = await run.token("--system", "demo-record-system", "--scope", "system/CarePlan.rs system/Goal.rs")
    before, begun = await goals(run, reader), monotonic()
    event = printed.out.encode()
    example = Example(event, emitter, reader, await post(run, emitter, event), before)
    assert example.answer.status_code == 202, example.answer.text

    async def changed() -> bool:
        example.after = await goals(run, reader)
        return is_achieved(example.after[example.goal])

    await eventually(changed)
    example.seconds = monotonic() - begun
    return example


async def post(run: LocalRun, emitter: dict[str, str], event: bytes) -> httpx.Response:
    url = f"{run.url('journal')}/events"
    return await run.doors.http.post(url, content=event, headers=emitter | ON_EVENTS)


async def goals(run: LocalRun, reader: dict[str, str]) -> dict[str, Any]:
    """Of the README's client, by their id; asked for as curl sends it."""
    url = f"{run.url('referrals')}/fhir/CarePlan/_search"
    answer = await run.doors.http.post(url, content=_ASKED, headers=reader | _ON_FORMS)
    assert answer.status_code == 200, answer.text
    found = [entry["resource"] for entry in answer.json()["entry"]]
    return {one["id"]: one for one in found if one["resourceType"] == "Goal"}


def is_achieved(goal: dict[str, Any]) -> bool:
    return state_of(goal) == ("completed", "achieved")


def state_of(goal: dict[str, Any]) -> tuple[str, str | None]:
    """`lifecycleStatus` and `achievementStatus`."""
    said = goal.get("achievementStatus", {}).get("coding", [{}])
    return goal["lifecycleStatus"], said[0].get("code")


def _is_to_attend_and_in_progress(goal: dict[str, Any]) -> bool:
    kind = goal["description"]["coding"][0]["code"]
    return kind == "attend-meeting" and state_of(goal) == ("active", "in-progress")
