"""Scene: an hour later `make run` again. What was there is there, and the README's example fits anew."""

import sys
from typing import Any

from tests.eventually import eventually
from tests.journeys.example import Example, goals, is_achieved, post, state_of
from tests.journeys.local_run import LocalRun


async def test_demo_data_are_found_again_and_the_example_can_be_tried_again(run: LocalRun, example: Example) -> None:
    before, settled = await _everybodys_goals(run, example), run.robin["commitmentId"]
    again = await run.typed(sys.executable, "-m", "deploy.local.demo")
    assert (again.code, again.err) == (0, "")
    assert run.robin["commitmentId"] != settled
    after = await _everybodys_goals(run, example)
    [new] = after.keys() - before.keys()
    assert before.items() <= after.items()
    assert state_of(after[new]) == ("active", "in-progress")
    event = (await run.famalink("emit", "attendance", "--example")).out.encode()
    assert (await post(run, example.emitter, event)).status_code == 202

    async def achieved() -> bool:
        return is_achieved((await goals(run, example.reader))[new])

    await eventually(achieved)


async def _everybodys_goals(run: LocalRun, example: Example) -> dict[str, Any]:
    url = f"{run.url('referrals')}/fhir/Goal?_count=500"
    bundle = (await run.doors.http.get(url, headers=example.reader)).json()
    assert [link["relation"] for link in bundle["link"]] == ["self"], "all on one page"
    return {entry["resource"]["id"]: entry["resource"] for entry in bundle["entry"]}
