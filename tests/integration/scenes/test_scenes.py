"""Scenes 1 to 6 and 8 to 10 (3-fama): every word goes in at a door and comes out at another, over Kafka in between."""

import csv

import orjson
import pytest

from deploy.local.demo.doors import Doors
from tests.eventually import eventually
from tests.integration.scenes.story import OWN_APP, Story, day, meeting

pytestmark = pytest.mark.slow
BEFORE = {"meeting-day-before", "meeting-two-hours"}


async def test_scene_1_stage_2_ends_without_a_commitment(doors: Doors) -> None:
    robin = await Story.opened(doors)
    await robin.is_written_to()
    await robin.post("goals", {"kind": "choose-meeting", "state": "agreed", "due": str(day(7))})

    held = await robin.hold(2, -1)

    assert held["suggestedNext"]["stage"] == 2
    shown = await robin.shown()
    assert [(session["stage"], session["sessionId"]) for session in shown["sessions"]] == [(2, held["sessionId"])]
    assert [goal["state"] for goal in shown["goals"]] == ["agreed"]
    assert shown["commitments"] == []
    assert await robin.messages() == {}
    assert [goal["lifecycleStatus"] for goal in (await robin.on_record()).values()] == ["active"]


async def test_scene_2_aa_on_tuesday_is_planned_and_the_client_goes_to_smart_on_thursday(doors: Doors) -> None:
    robin = await Story.opened(doors)
    tuesday = await robin.commit("aa", -4, made=-5)

    await robin.tell("smart-recovery", -2)

    shown = await robin.comes_to(tuesday, "went-to-another")
    [goal] = shown["goals"]
    assert (goal["kind"], goal["state"]) == ("attend-meeting", "achieved")
    assert (shown["attendance"]["attended"], shown["attendance"]["notAttended"]) == (1, 0)
    assert [(one["meetingId"], one["outcome"]) for one in await robin.words()] == [
        (str(meeting("smart-recovery", -2)), "attended")
    ], "AA is not credited"
    [on_record] = (await robin.on_record()).values()
    assert on_record["lifecycleStatus"] == "completed"


async def test_scene_3_the_client_says_attended_and_an_emitter_says_not(doors: Doors) -> None:
    robin = await Story.opened(doors)
    evening = await robin.commit("aa", -2, made=-3)
    await robin.tell("aa", -2, by=OWN_APP)
    await robin.comes_to(evening, "attended")
    before = await robin.on_record()

    await robin.tell("aa", -2, "not-attended")

    async def is_flagged() -> list[str]:
        return [flag["code"] for flag in (await robin.shown())["flags"]]

    assert await eventually(is_flagged) == ["disagreement"]
    shown = await robin.shown()
    assert [(made["state"], made["disagreement"]) for made in shown["commitments"]] == [("attended", True)]
    assert await robin.on_record() == before, "the Goal's version has not changed"
    [evening_there] = await robin.words()
    assert [(word["reportedBy"], word["outcome"]) for word in evening_there["facts"]] == [
        ("client", "attended"),
        ("emitter", "not-attended"),
    ], "both are shown"
    assert (evening_there["outcome"], evening_there["decidedBy"]) == ("attended", "client")


async def test_scene_4_no_word_for_ten_days(doors: Doors) -> None:
    robin = await Story.opened(doors)
    silent = await robin.commit("aa", -12, made=-13)

    shown = await robin.shown()

    assert await robin.commitments() == {silent: "not-heard-yet"}
    assert [(flag["code"], flag["about"]) for flag in shown["flags"]] == [("not-heard-from", silent)]
    assert [goal["state"] for goal in shown["goals"]] == ["agreed"]
    [on_record] = (await robin.on_record()).values()
    assert on_record["achievementStatus"]["coding"][0]["code"] == "in-progress"
    everywhere = [shown, on_record, await robin.messages()]
    assert b"miss" not in orjson.dumps(everywhere).lower()


async def test_scene_8_engaged_two_years_ago_and_back_after_a_relapse(doors: Doors) -> None:
    before = await Story.opened(doors, ahead=-760)
    known = {"organisation": "aa", "level": "years-then-relapse", "perceptions": "The Tuesday group was kind"}
    await before.hold(1, -755, experience=[known])
    await before.post("goals", {"kind": "home-group", "state": "agreed"})
    [goal] = (await before.shown())["goals"]
    await before.post(f"goals/{goal['goalId']}/outcome", {"outcome": "achieved"})
    await before.post("ending", {"kind": "engaged"})

    again = await Story.opened(doors, ahead=0, number=before.number)

    assert again.client == before.client
    shown = await again.shown()
    assert shown["experience"] == [known]
    assert [earlier["referralId"] for earlier in shown["earlier"]] == [before.referral]
    assert shown["suggestedNext"]["stage"] == 2
    assert (shown["attendance"]["days"], shown["attendance"]["attended"]) == (28, 0)
    await again.post("sessions", {"stage": 2, "heldAt": shown["openedAt"]})
    assert (await again.shown())["stage"] == 2
    assert [goal["state"] for goal in (await before.shown())["goals"]] == ["achieved"]


async def test_scene_9_the_same_person_for_themselves_and_as_family(doors: Doors) -> None:
    own = await Story.opened(doors)
    await own.hold(1, -3, experience=[{"organisation": "aa", "level": "some"}], concerns=["not-as-bad-as-them"])
    family = await Story.opened(doors, for_="family", number=own.number)
    await family.hold(1, -2)
    assert family.client == own.client
    theirs, mine = await family.commit("al-anon", -1, made=-2), await own.commit("aa", -1, made=-2)

    await own.tell("al-anon", -1)
    await own.tell("aa", -1)

    shown = await family.comes_to(theirs, "attended")
    assert (await own.comes_to(mine, "attended"))["state"] == shown["state"] == "open"
    assert (shown["attendance"]["attended"], shown["experience"], shown["concerns"]) == (1, [], [])
    assert shown["earlier"] == []
    assert b"treatmentReturn" not in orjson.dumps(shown)
    refused = await doors.call(
        "kay",
        "POST",
        "referrals",
        f"/api/referrals/{family.referral}/commitments",
        json={"meetingId": str(meeting("aa", 2)), "date": str(day(2))},
        also=[422],
    )
    assert refused.json()["errors"][0]["code"] == "meeting-for-others"
    window = {"from": str(day(-28)), "to": str(day(0)), "mapping": "CDS-K", "supersededAnyway": "yes"}
    returned = await doors.call("tess", "GET", "referrals", "/api/returns/ndtms", params=window)
    clients = [line["CLIENT"] for line in csv.DictReader(returned.text.splitlines())]
    assert clients.count(own.client) == 1


async def test_scene_10_every_date_of_a_hand_out_is_kept_and_a_bare_session_is_accepted(doors: Doors) -> None:
    robin = await Story.opened(doors)
    await robin.hold(2, -20, handouts=[{"number": 5, "state": "talked-through"}])
    await robin.hold(
        3, -10, handouts=[{"number": 5, "state": "talked-through"}, {"number": 1, "state": "talked-through"}]
    )
    await robin.hold(3, -3)

    shown = await robin.shown()

    assert [(given["number"], given["state"], given["date"]) for given in shown["handouts"]] == [
        (5, "talked-through", str(day(-20))),
        (5, "talked-through", str(day(-10))),
        (1, "talked-through", str(day(-10))),
    ]
    bare = shown["sessions"][-1]
    assert {"how", "present", "handouts", "experience", "concerns", "needs"} <= set(bare["notRecorded"])
    assert b"not done" not in orjson.dumps(shown).lower()


async def test_scene_5_smart_only_for_eight_weeks_and_training_as_a_facilitator(doors: Doors) -> None:
    robin = await Story.opened(doors)
    for week in range(8, 0, -1):
        await robin.tell("smart-recovery", -7 * week, by=OWN_APP)
    await robin.hold(3, -20, takingPart=[{"organisation": "smart-recovery", "way": "regular-meeting"}])
    await robin.post("goals", {"kind": "facilitator-training", "state": "agreed"})
    latest = await robin.commit("smart-recovery", -7, made=-8)

    await robin.hold(3, -1, takingPart=[{"organisation": "smart-recovery", "way": "facilitator-training"}])

    shown = await robin.comes_to(latest, "attended")
    assert shown["sessions"][-1]["takingPart"] == [{"organisation": "smart-recovery", "way": "facilitator-training"}]
    assert shown["attendance"]["attended"] == 3, "in 28 days"
    assert shown["suggestedNext"]["stage"] == 3
    assert len(await robin.words()) == 8
    everywhere = orjson.dumps([shown, await robin.on_record()]).lower()
    assert b"facilitator-training" in everywhere
    assert [word for word in (b"sponsor", b"home-group", b"home group") if word in everywhere] == []


async def test_scene_6_gone_through_together_and_an_onward_referral_declined(doors: Doors) -> None:
    robin = await Story.opened(doors)
    await robin.is_written_to()
    planned = await robin.commit("aa", 6, made=-1)

    async def messages(state: str) -> bool:
        about = await robin.messages(planned)
        return about.keys() >= BEFORE and {about[rule]["state"] for rule in BEFORE} == {state}

    await eventually(lambda: messages("planned"))

    together = [{"number": number, "state": "talked-through"} for number in (1, 2, 3, 5)]
    needs = {"readingTogether": True, "unreadText": True, "onwardReferral": "offered-declined"}
    held = await robin.hold(2, -1, handouts=together, needs=needs)

    assert held["warnings"] == []
    await eventually(lambda: messages("cancelled"))
    stopped = await robin.messages(planned)
    assert {stopped[rule]["reason"] for rule in BEFORE} == {"reads-no-text"}
    shown = await robin.shown()
    assert shown["flags"] == []
    assert shown["sessions"][-1]["needs"].items() >= needs.items()
    assert b"unread" not in orjson.dumps(shown).replace(b"unreadText", b"").lower()
