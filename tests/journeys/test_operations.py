"""Scene: who looks after Famalink finds what is stuck from the command line, and gets it moving or gives it up."""

import re
from pathlib import Path
from typing import Any

from deploy.local.demo.systems import EMITTER, SOURCE
from shared.meetings import meeting_id
from tests.eventually import eventually
from tests.journeys.intake import dead_letter, parked_as, parked_for_good, put_on_intake
from tests.journeys.local_run import LocalRun
from tests.journeys.newcomers import Newcomer, lately_begun, newcomer

_FEED = "our-town"
_LIST = (
    "id,name,organisation,format,weekday,start,audience\nmonday,Our Monday,smart-recovery,online,Monday,19:00,both\n"
)


async def test_an_event_about_nobody_is_listed_tried_again_and_given_up(run: LocalRun) -> None:
    stuck = await parked_for_good(run)
    seq = str(stuck["seq"])
    assert (stuck["code"], stuck["topic"]) == ("unknown-client", "fama.attendance.intake")
    assert f"\n{seq} " in (await run.famalink("parked", "--service", "journal", "list")).out
    again = await run.famalink("parked", "--service", "journal", "retry", seq)
    assert (again.code, again.out) == (1, "Applied: 0\n")
    assert "No such client is known" in again.err
    assert stuck["eventId"] in (await run.famalink("parked", "--service", "journal", "show", seq)).out
    unsure = await run.famalink("parked", "--service", "journal", "discard", seq)
    assert unsure.code == 1
    sure = await run.famalink("parked", "--service", "journal", "discard", seq, "--yes")
    assert (sure.code, sure.out) == (0, "Discarded.\n")
    assert f"\n{seq} " not in (await run.famalink("parked", "--service", "journal", "list")).out


async def test_what_waits_for_a_meeting_is_applied_once_the_meeting_is_imported(run: LocalRun, tmp_path: Path) -> None:
    client = await newcomer(run)
    await client.agrees(emitters=[SOURCE])
    await until_refused_for("unknown-meeting", client, EMITTER.name, SOURCE)
    event = client.attended(lately_begun())
    del event["data"]["start"]
    event["data"]["meetingId"] = str(meeting_id(_FEED, "monday"))
    stuck = await parked_as(run, await put_on_intake(run, event))
    assert stuck["code"] == "unknown-meeting"
    imported = await _import(run, tmp_path / "our-town.csv")
    assert (imported["new"], imported["refused"]) == (1, [])
    assert await eventually(client.attendance) == ["attended"]
    left = (await run.famalink("parked", "--service", "journal", "list", "--json")).json["parked"]
    assert stuck["eventId"] not in [row["eventId"] for row in left]


async def test_a_dead_letter_is_taken_once_its_reason_is_gone(run: LocalRun) -> None:
    source = "https://check-in.example/passing"
    registering = ("--provider", "X99", "--source", source, "--reports-as", "emitter", "--make-key")
    add = ("systems", "add", "passing", *registering, "--scope", "attendance.write")
    assert (await run.famalink(*add)).code == 0
    client = await newcomer(run)
    await client.agrees(emitters=[source])
    await until_refused_for("unknown-meeting", client, "passing", source)
    assert (await run.famalink("systems", "disable", "passing")).code == 0
    await until_refused_for("source-disabled", client, "passing", source)
    event_id = await put_on_intake(run, client.attended(lately_begun(), source))
    letter = await eventually(lambda: dead_letter(run, event_id))
    listed = await run.famalink("deadletters", "list", "--service", "journal")
    assert re.search(rf"^{letter['id']} .* source +source-disabled +This system was disabled", listed.out, re.MULTILINE)
    refused = await run.famalink("deadletters", "replay", letter["id"])
    assert refused.code == 1
    assert "This system was disabled" in refused.err
    assert (await run.famalink(*add)).code == 0
    await until_refused_for("unknown-meeting", client, "passing", source)
    assert (await run.famalink("deadletters", "replay", letter["id"])).out == "Taken.\n"
    assert await client.attendance() == ["attended"]
    assert await dead_letter(run, event_id) == {}


async def until_refused_for(code: str, client: Newcomer, emitter: str, source: str) -> None:
    """What journal goes by reaches it from referrals."""

    async def so() -> bool:
        return await client.refusal(emitter, source) == code

    await eventually(so)


async def _import(run: LocalRun, feed: Path) -> dict[str, Any]:
    _write(feed)
    options = ("--feed", _FEED, "--time-zone", "Europe/London", "--format", "csv", str(feed))
    report: dict[str, Any] = (await run.famalink("directory", "import", *options, "--json")).json
    return report


def _write(feed: Path) -> None:
    feed.write_text(_LIST)
