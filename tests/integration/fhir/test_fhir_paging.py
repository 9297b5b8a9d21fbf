"""Pages of a search are of one instant: while everything changes, they neither repeat nor skip nor move on."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from random import Random

import pytest

from services.referrals.domain.pathway import Pathway
from services.referrals.domain.vocabulary import GoalState
from services.referrals.fhir import render
from shared.fhir.documents import Rendered
from tests.integration.fhir.builder import BASE, Records, entries, link
from tests.unit.fhir_samples import a_goal, a_pathway, number_of


async def many(fhir: Records, count: int) -> list[Pathway]:
    pathways = [a_pathway(a_goal(), a_goal("keep-journal")) for _ in range(count)]
    made: list[Rendered] = []
    for n, pathway in enumerate(pathways):
        made += render(pathway, number_of(n))
    await fhir.store(made)
    return pathways


async def follow(fhir: Records, url: str | None) -> AsyncIterator[list[dict[str, object]]]:
    while url is not None:
        bundle = await fhir.get(url)
        assert bundle.status_code == 200, bundle.text
        yield entries(bundle)
        url = link(bundle, "next")


async def test_pages_hold_everything_once_and_the_last_is_not_empty(fhir: Records) -> None:
    pathways = await many(fhir, 12)
    pages = [page async for page in follow(fhir, f"{BASE}/CarePlan?_count=4")]
    assert [len(page) for page in pages] == [4, 4, 4]
    assert {plan["id"] for page in pages for plan in page} == {str(pathway.referral_id) for pathway in pathways}


async def test_while_goals_change_the_pages_show_them_as_they_were(fhir: Records) -> None:
    pathways = await many(fhir, 10)
    url: str | None = f"{BASE}/Goal?lifecycle-status=active&_count=6"
    seen: list[tuple[object, object]] = []
    while url is not None:
        bundle = await fhir.get(url)
        seen += [(goal["id"], goal["lifecycleStatus"]) for goal in entries(bundle)]
        url = link(bundle, "next")
        for n, pathway in enumerate(pathways):
            state: GoalState = "achieved" if pathway.goals[0].state == "agreed" else "agreed"
            pathways[n] = replace(pathway, goals=tuple(replace(goal, state=state) for goal in pathway.goals))
            await fhir.save(pathways[n], number_of(n))
    assert len(seen) == len(set(seen)) == 20
    assert {status for _, status in seen} == {"active"}


async def test_what_begins_to_match_later_does_not_appear(fhir: Records) -> None:
    goal = a_goal(state="proposed")
    await many(fhir, 3)
    pathway = a_pathway(goal)
    await fhir.save(pathway)
    first = await fhir.get("/Goal?lifecycle-status=active&_count=2")
    await fhir.save(replace(pathway, goals=(replace(goal, state="agreed"),)))
    await many(fhir, 5)
    rest = [entry["id"] async for page in follow(fhir, link(first, "next")) for entry in page]
    assert len(rest) == 4
    assert str(goal.goal_id) not in rest


async def test_a_transaction_that_was_under_way_stays_unseen_on_later_pages(fhir: Records) -> None:
    pathways = await many(fhir, 6)
    late = a_pathway(a_goal())
    async with fhir.database.work() as uow:
        await fhir.versions.save(uow, render(late, number_of(900)))
        first = await fhir.get("/CarePlan?_count=3")
    rest = [plan["id"] async for page in follow(fhir, link(first, "next")) for plan in page]
    found = {plan["id"] for plan in entries(first)} | set(rest)
    assert found == {str(pathway.referral_id) for pathway in pathways}


async def test_included_goals_are_as_of_the_same_instant(fhir: Records) -> None:
    pathways = await many(fhir, 4)
    first = await fhir.get("/CarePlan?_count=2&_include=CarePlan:goal")
    for n, pathway in enumerate(pathways):
        ended = tuple(replace(goal, state="dropped") for goal in pathway.goals)
        await fhir.save(replace(pathway, goals=(*ended, a_goal())), number_of(n))
    second = await fhir.get(link(first, "next") or "")
    goals = entries(second, "include")
    assert [goal["lifecycleStatus"] for goal in goals] == ["active"] * 4
    assert [plan["meta"]["versionId"] for plan in entries(second)] == ["1", "1"]


async def test_a_withdrawal_hides_on_later_pages_too(fhir: Records) -> None:
    pathways = await many(fhir, 6)
    first = await fhir.get("/CarePlan?_count=3")
    shown = {plan["id"] for plan in entries(first)}
    gone = next(pathway for pathway in pathways if str(pathway.referral_id) not in shown)
    await fhir.hide(gone)
    rest = [plan["id"] async for page in follow(fhir, link(first, "next")) for plan in page]
    assert len(rest) == 2
    assert str(gone.referral_id) not in rest


async def test_writers_and_readers_at_once_see_whole_instants(fhir: Records) -> None:
    """Each writer changes both goals of a person in one transaction: no page may show one without the other."""
    pathways = await many(fhir, 15)
    stop = asyncio.Event()

    async def write(seed: int) -> None:
        chance = Random(seed)  # noqa: S311 - any order will do
        while not stop.is_set():
            n = chance.randrange(seed, len(pathways), 3)
            state: GoalState = chance.choice(["agreed", "achieved", "dropped"])
            pathways[n] = replace(pathways[n], goals=tuple(replace(g, state=state) for g in pathways[n].goals))
            await fhir.save(pathways[n], number_of(n))

    writers = [asyncio.create_task(write(seed)) for seed in range(3)]
    owner = {str(goal.goal_id): pathway.referral_id for pathway in pathways for goal in pathway.goals}
    try:
        for _ in range(10):
            goals = [goal async for page in follow(fhir, f"{BASE}/Goal?_count=7") for goal in page]
            assert len(goals) == len({goal["id"] for goal in goals}) == 30
            states: dict[object, set[object]] = {}
            for goal in goals:
                states.setdefault(owner[str(goal["id"])], set()).add(goal["lifecycleStatus"])
            assert all(len(together) == 1 for together in states.values())
    finally:
        stop.set()
        await asyncio.gather(*writers)


@pytest.mark.parametrize("change", ["flip", "cut", "longer", "empty", "other-type", "other-provider", "more"])
async def test_a_tampered_cursor_is_refused(fhir: Records, change: str) -> None:
    await many(fhir, 3)
    url = link(await fhir.get("/CarePlan?_count=1"), "next") or ""
    cursor = url.partition("_cursor=")[2]
    tampered = {
        "flip": url[:-1] + ("A" if url[-1] != "A" else "B"),
        "cut": url[:-4],
        "longer": f"{url}!",
        "empty": url.removesuffix(cursor),
        "other-type": url.replace("CarePlan", "Goal"),
        "other-provider": url,
        "more": f"{url}&status=active",
    }[change]
    answer = await fhir.get(tampered, provider="X98" if change == "other-provider" else "X99")
    assert answer.status_code == 400
    assert answer.json()["issue"][0]["diagnostics"].startswith("_cursor: ")


async def test_a_cursor_tells_nothing(fhir: Records) -> None:
    await many(fhir, 2)
    numbers = ",".join(f"https://fhir.nhs.uk/Id/nhs-number|{number_of(n)}" for n in range(2))
    bundle = await fhir.post("/CarePlan/_search", {"patient:identifier": numbers, "_count": "1"})
    following = link(bundle, "next") or ""
    assert "9990" not in following
    assert set(following) - set(f"{BASE}/CarePlan?_cursor=") <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )
    assert len(entries(await fhir.get(following))) == 1


async def test_rows_of_a_restored_dump_stay_on_every_page(fhir: Records) -> None:
    """A new cluster counts transactions from the start, so what was restored seems to be from the future."""
    await many(fhir, 6)
    async with fhir.database.work() as uow:
        for table in ("fhir_resource", "fhir_version"):
            await uow.connection.execute(f"UPDATE {table} SET xid = '4000000000'::xid8")
    assert len([plan async for page in follow(fhir, f"{BASE}/CarePlan?_count=2") for plan in page]) == 6
