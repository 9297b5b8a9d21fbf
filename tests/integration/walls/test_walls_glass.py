"""Breaking the glass at referrals opens one client in all three services, for one person and for its hours alone."""

from typing import Any
from uuid import UUID

import pytest

from tests.integration.walls.builder import World
from tests.integration.walls.scene import CONTACT, Scene, everyday, nhs_number

OVER = """
UPDATE client SET opened_to = jsonb_build_array(jsonb_build_object('sub', 'kim', 'until', now() - interval '1 second'))
WHERE client = %s
"""


@pytest.fixture
async def pat(world: World) -> Scene:
    """Kim is of another team."""
    return await everyday(world, nhsNumber=nhs_number(), name="Pat Behindglass")


def elsewhere(pat: Scene) -> list[tuple[str, str]]:
    at = f"/api/clients/{pat.client}"
    return [("journal", f"{at}/attendance"), ("reminders", f"{at}/contact"), ("reminders", f"{at}/reminders")]


async def answers(world: World, who: str, pat: Scene) -> list[int]:
    return [(await world.call(who, "GET", service, path)).status_code for service, path in elsewhere(pat)]


async def breaks_the_glass(world: World, pat: Scene) -> None:
    why = {"reason": "They are in our clinic, unwell."}
    await world.told("kim", "POST", "referrals", f"/api/clients/{pat.client}/access", json=why)


async def known(world: World, pat: Scene) -> list[dict[str, Any]]:
    """What `client.known` said to whom the client is open, as the others keep it."""
    query = "SELECT opened_to FROM client WHERE client = %s"
    found = [(await world[name].rows(query, UUID(pat.client)))[0][0] for name in ("journal", "reminders")]
    assert found[0] == found[1]
    return found[0]  # type: ignore[no-any-return]


async def test_who_breaks_the_glass_sees_attendance_contact_and_messages_too_and_nobody_else_does(
    world: World, pat: Scene
) -> None:
    assert await answers(world, "kim", pat) == [403, 403, 403]
    await breaks_the_glass(world, pat)
    assert await answers(world, "kim", pat) == [200, 200, 200]
    assert [opened["sub"] for opened in await known(world, pat)] == ["kim"]
    assert await answers(world, "zoe", pat) == [404, 404, 404]
    assert await answers(world, "rae", pat) == [403, 403, 403]
    path = f"/api/clients/{pat.client}/contact"
    changed = await world.call("kim", "PUT", "reminders", path, json=CONTACT, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.text


async def test_each_service_notes_who_looked_through_the_glass(world: World, pat: Scene) -> None:
    await breaks_the_glass(world, pat)
    await answers(world, "kim", pat)
    query = "SELECT actor, action FROM audit WHERE client = %s AND actor = 'person:kim'"
    for service, looked in (("referrals", "break-glass"), ("journal", "read"), ("reminders", "read")):
        noted = await world[service].rows(query, UUID(pat.client))
        assert ("person:kim", looked) in noted, service


async def test_it_ends_by_itself_and_the_next_word_about_the_client_leaves_it_out(world: World, pat: Scene) -> None:
    await breaks_the_glass(world, pat)
    for service in ("journal", "reminders"):
        async with world[service].database.work() as uow:
            await uow.connection.execute(OVER, (pat.client,))
    assert await answers(world, "kim", pat) == [403, 403, 403]
    async with world["referrals"].database.work() as uow:
        await uow.connection.execute("UPDATE access_opened SET until = now() WHERE client_id = %s", (pat.client,))
    agreed = {"records": False, "peers": False, "emitters": []}
    await world.told("kay", "PUT", "referrals", f"/api/referrals/{pat.referral}/consents", json=agreed)
    assert await known(world, pat) == []


async def test_another_word_while_it_lasts_keeps_it_and_an_erasure_takes_it_along(world: World, pat: Scene) -> None:
    await breaks_the_glass(world, pat)
    agreed = {"records": False, "peers": False, "emitters": []}
    await world.told("kay", "PUT", "referrals", f"/api/referrals/{pat.referral}/consents", json=agreed)
    assert await answers(world, "kim", pat) == [200, 200, 200]
    await world.told("tess", "DELETE", "referrals", f"/api/clients/{pat.client}")
    assert await known(world, pat) == []
    assert await answers(world, "kim", pat) == [404, 404, 404]


async def test_a_colleague_who_is_kept_apart_sees_nothing_in_any_service_until_the_mark_is_gone(
    world: World, pat: Scene
) -> None:
    await breaks_the_glass(world, pat)
    await world.call("tess", "GET", "referrals", "/api/caseload")  # who has been here once is known by name
    for who in ("kim", "tess"):
        assert await answers(world, who, pat) == [200, 200, 200]
        mark = f"/api/clients/{pat.client}/kept-apart/staff/{who}"
        await world.told("kay", "PUT", "referrals", mark)
        assert await answers(world, who, pat) == [403, 403, 403]
        assert await answers(world, "kay", pat) == [200, 200, 200]
        await world.told("kay", "DELETE", "referrals", mark)
        assert await answers(world, who, pat) == [200, 200, 200]
