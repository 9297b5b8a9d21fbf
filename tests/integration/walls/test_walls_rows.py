"""Provider and team on every row about a person and on every event about one."""

from collections import defaultdict
from uuid import UUID

import psycopg
import pytest

from services.referrals.handlers.clients import finish_erasures
from shared.events.catalogue import CATALOGUE
from tests.integration.walls.builder import SERVICES, World
from tests.integration.walls.scene import Scene, everyday, nhs_number

OF_A_PERSON = ["client", "client_id", "person", "subject"]
"""What columns are called that hold a pseudonym (or, as bytes, a blind index of one's number)."""
WITHOUT_PROVIDER = {
    "outbox": "its headers name provider and team; the operations page reads them there",
    "person_key": "a wrapped key by pseudonym, in a database of its own: who may use it is decided before",
    "erased_person": "that a pseudonym was erased, in the same database",
}
WITHOUT_TEAM = WITHOUT_PROVIDER | {
    "audit": "of the reader's provider; it outlives the care team",
    "parked": "for operations, who belong to no team",
    "dead_letter": "for operations, who belong to no team",
    "erasure": "a team lead's, for the whole provider",
    "fhir_resource": "for systems, which belong to no team",
}
_COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
_PERSONAL = _COLUMNS + " AND data_type IN ('uuid', 'bytea') AND column_name = ANY(%s)"


@pytest.mark.parametrize("service", SERVICES)
async def test_every_table_about_a_person_has_their_provider_and_team(world: World, service: str) -> None:
    tables: defaultdict[str, set[str]] = defaultdict(set)
    for table, column in await world[service].rows(_COLUMNS) + _of_keys(world, service, _COLUMNS):
        tables[table].add(column)
    found = await world[service].rows(_PERSONAL, OF_A_PERSON) + _of_keys(world, service, _PERSONAL, OF_A_PERSON)
    personal = {table: tables[table] for table, _ in found}
    assert {"person_key", "erased_person", "outbox", "parked", "dead_letter", "audit"} < personal.keys()
    assert {table for table, names in personal.items() if "provider" not in names} <= WITHOUT_PROVIDER.keys()
    assert {table for table, names in personal.items() if "team" not in names} <= WITHOUT_TEAM.keys()


def _of_keys(world: World, service: str, query: str, *values: object) -> list[tuple[str, str]]:
    with psycopg.connect(world[service].keys_url) as connection:
        return connection.execute(query.encode(), values).fetchall()


@pytest.mark.parametrize("service", SERVICES)
async def test_no_row_about_a_person_leaves_its_provider_or_team_open(world: World, robin: Scene, service: str) -> None:
    columns = await world[service].rows(_COLUMNS)
    for table, column in columns:
        theirs = next((one for one in ("client", "client_id") if (table, one) in columns), None)
        if theirs and column in ("provider", "team"):
            query = f"SELECT DISTINCT {column} FROM {table} WHERE {theirs} = %s"
            rows = await world[service].rows(query, UUID(robin.client))
            assert rows in ([], [("X99" if column == "provider" else "north",)]), (table, column)


async def test_every_event_about_a_person_names_provider_and_team(world: World) -> None:
    """Of all that is said from a referral to the end of it and an erasure."""
    scene = await everyday(world, nhsNumber=nhs_number(), name="Max Said")
    at = f"/api/referrals/{scene.referral}"
    await world.told("kay", "POST", "referrals", f"{at}/commitments/{scene.planned}/withdrawal", json={})
    await world.told("kay", "POST", "referrals", f"{at}/ending", json={"kind": "not-at-this-time"})
    await world.told("kay", "POST", "referrals", f"{at}/reopening", json={})
    await world.told("tess", "DELETE", "referrals", f"/api/clients/{scene.client}")
    await finish_erasures(world["referrals"].database)
    await world.settle()
    said = [(name, dict(one.headers)) for name, one in world.carried if one.key == scene.client]
    personal = [(name, headers) for name, headers in said if CATALOGUE[(headers["ce_type"] or b"").decode()].personal]
    assert personal == said
    assert {name for name, _ in said} == set(SERVICES)
    assert len({headers["ce_type"] for _, headers in said}) >= 12
    for _, headers in said:
        assert (headers["ce_provider"], headers["ce_team"]) == (b"X99", b"north"), headers["ce_type"]
        assert headers["ce_subject"] == headers["ce_partitionkey"] == scene.client.encode()


async def test_what_is_not_about_a_person_names_nobody(world: World, robin: Scene) -> None:
    others = [one for _, one in world.carried if not CATALOGUE[(dict(one.headers)["ce_type"] or b"").decode()].personal]
    assert others
    assert all(robin.client not in str(one) for one in others)


async def test_who_belongs_to_no_team_takes_nobody_into_care(world: World) -> None:
    body = {
        "name": "Val Teamless",
        "birthDate": "1980-01-01",
        "for": "self",
        "forWhat": ["drug"],
        "timeZone": "Etc/UTC",
    }
    who = {"Authorization": f"Bearer {world.issuer.person(sub='ivy', team=None)}"}
    answer = await world.call(who, "POST", "referrals", "/api/referrals", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "no-team")
