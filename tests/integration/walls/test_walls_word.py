"""What a keyworker says of a planned meeting goes to journal like any report, and comes back as what stands."""

from uuid import uuid4

from tests.integration.walls.builder import World
from tests.integration.walls.scene import everyday, nhs_number


async def test_the_clients_word_told_to_the_keyworker_stands_above_an_emitters(world: World) -> None:
    scene = await everyday(world, nhsNumber=nhs_number(), name="Word Given")
    at = f"/api/referrals/{scene.referral}"
    await world.told(
        "kay",
        "POST",
        "referrals",
        f"{at}/commitments/{scene.attended}/outcome",
        json={"outcome": "not-attended", "by": "client"},
    )
    await world.settle()
    shown = await world.told("kay", "GET", "referrals", at)
    [made] = [one for one in shown["commitments"] if one["commitmentId"] == scene.attended]
    assert (made["state"], made["disagreement"]) == ("not-attended", True)
    facts = await world.told("kay", "GET", "journal", f"/api/clients/{scene.client}/attendance")
    assert ("client", "/famalink/referrals/X99") in {
        (fact["reportedBy"], fact["source"]) for one in facts["occurrences"] for fact in one["facts"]
    }


async def test_who_says_it_was_otherwise_corrects_the_word_and_no_disagreement_is_left(world: World) -> None:
    scene = await everyday(world, nhsNumber=nhs_number(), name="Word Corrected")
    at = f"/api/referrals/{scene.referral}"
    for outcome in ("not-attended", "attended"):  # the second before the first has come back
        path = f"{at}/commitments/{scene.attended}/outcome"
        await world.told("kay", "POST", "referrals", path, json={"outcome": outcome, "by": "client"})
    await world.settle()
    shown = await world.told("kay", "GET", "referrals", at)
    [made] = [one for one in shown["commitments"] if one["commitmentId"] == scene.attended]
    assert (made["state"], made["disagreement"]) == ("attended", False)
    assert "disagreement" not in {flag["code"] for flag in shown["flags"]}


async def test_nothing_is_said_of_a_meeting_that_has_not_begun(world: World) -> None:
    scene = await everyday(world, nhsNumber=nhs_number(), name="Word Early")
    said = {"outcome": "attended", "by": "client"}
    for planned, status in ((scene.planned, 422), (uuid4(), 404)):
        path = f"/api/referrals/{scene.referral}/commitments/{planned}/outcome"
        answer = await world.call("kay", "POST", "referrals", path, json=said)
        assert answer.status_code == status, answer.text
