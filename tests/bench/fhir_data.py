"""Fills a database for the FHIR benchmark: the engine's versions, and the same bytes as one would keep them bare."""

from dataclasses import replace
from time import perf_counter
from typing import Any
from uuid import UUID

from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.pathway import Pathway
from services.referrals.fhir import DEFINITIONS, render
from shared.fhir.documents import Rendered, versioned
from shared.fhir.store.versions import Versions
from shared.storage.database import Database
from tests.unit.fhir_samples import KINDS, a_goal, a_pathway, number_of

GOALS = 4
BATCH = 100
"""Pathways per transaction; 500 resources."""

BARE = """
CREATE TABLE bare (type text, id uuid, plan uuid, body bytea NOT NULL, PRIMARY KEY (type, id));
CREATE INDEX bare_plan ON bare (plan) WHERE plan IS NOT NULL;
"""
COPY_BARE = "COPY bare (type, id, plan, body) FROM STDIN (FORMAT BINARY)"

People = list[tuple[Pathway, NhsNumber]]


async def fill(database: Database, plans: int) -> tuple[People, dict[str, Any]]:
    """The people, and how many versions a second were written: first ones, next ones, and unchanged ones compared."""
    people = [(a_pathway(*(a_goal(kind) for kind in KINDS[:GOALS])), number_of(n)) for n in range(plans)]
    await database.keys.ensure([pathway.client_id for pathway, _ in people])
    first = await _save(database, people)
    people = [(_further(pathway), number) for pathway, number in people]
    following = await _save(database, people)
    unchanged = await _save(database, people)
    await _keep_bare(database, people)
    figures = {"first": first, "next": following, "unchanged": unchanged}
    return people, figures


def _further(pathway: Pathway) -> Pathway:
    """Each goal achieved; the plan as it was."""
    return replace(pathway, goals=tuple(replace(goal, state="achieved") for goal in pathway.goals))


async def _save(database: Database, people: People) -> dict[str, float]:
    versions = Versions(DEFINITIONS, database.keys.master.derived("fhir|digest"))
    rendered = written = 0
    began, rendering = perf_counter(), 0.0
    for at in range(0, len(people), BATCH):
        start = perf_counter()
        items = [item for pathway, number in people[at : at + BATCH] for item in render(pathway, number)]
        rendering += perf_counter() - start
        rendered += len(items)
        async with database.work() as uow:
            written += await versions.save(uow, items)
    seconds = perf_counter() - began
    return {
        "rendered_per_second": round(rendered / seconds),
        "versions_per_second": round(written / seconds),
        "rendering_us": round(rendering / rendered * 1e6, 1),
    }


async def _keep_bare(database: Database, people: People) -> None:
    async with database.work() as uow:
        await uow.connection.execute(BARE)
        async with uow.connection.cursor() as cursor, cursor.copy(COPY_BARE) as copy:
            copy.set_types(("text", "uuid", "uuid", "bytea"))
            for pathway, number in people:
                for item in render(pathway, number):
                    await copy.write_row(_bare(item, pathway.referral_id, uow.now))
    async with database.reading() as connection:
        await connection.execute("VACUUM ANALYZE")


def _bare(item: Rendered, plan: UUID, now: Any) -> tuple[object, ...]:  # noqa: ANN401
    body = versioned(item.type, item.content(), 1, now)
    return item.type, item.id, plan if item.type == "Goal" else None, body
