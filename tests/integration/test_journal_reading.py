"""`GET /api/clients/{clientId}/attendance`: what stands, every word about it, and who may read it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.messaging.settings import KafkaSettings
from tests.integration.journal_builder import NOW, SOURCE, Journal, opened, reported, settings_for

CLIENTS_APP = "https://own-word.example"
DIARY = "https://diary.example"


@pytest.fixture(scope="module")
async def journal(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Journal]:
    settings = settings_for(postgres, KafkaSettings("localhost:3"), tmp_path_factory.mktemp("journal"))
    async with opened(settings, with_kafka=False) as journal:
        yield journal


@pytest.fixture
async def client(journal: Journal) -> UUID:
    return await journal.knows(team="north")


@pytest.fixture
async def meeting(journal: Journal) -> UUID:
    return await journal.lists(time_zone="Europe/London")


async def say(journal: Journal, client: UUID, meeting: UUID, outcome: str, by: str = "emitter", **said: Any) -> str:  # noqa: ANN401 - as `reported`
    """One word about the meeting; answers the event's id."""
    source = SOURCE if by == "emitter" else f"https://{by}.example"
    token = journal.token(source=source, reports_as=by)
    event = reported(client, meeting, source=source, data__reportedBy=by, data__outcome=outcome, **said)
    answer = await journal.post(event, token=token)
    assert answer.status_code == 202, answer.text
    return str(event["id"])


async def occurrences(journal: Journal, client: UUID) -> list[dict[str, Any]]:
    answer = await journal.attendance(client, journal.person("keyworker"))
    assert answer.status_code == 200, answer.text
    return list(answer.json()["occurrences"])


async def test_every_word_is_kept_and_one_stands(journal: Journal, client: UUID, meeting: UUID) -> None:
    await say(journal, client, meeting, "not-known")
    await say(journal, client, meeting, "attended", "client")
    await say(journal, client, meeting, "not-attended")

    [occurrence] = await occurrences(journal, client)

    assert occurrence["meetingId"] == str(meeting)
    assert (occurrence["outcome"], occurrence["decidedBy"], occurrence["disagreement"]) == ("attended", "client", True)
    assert [(fact["outcome"], fact["reportedBy"]) for fact in occurrence["facts"]] == [
        ("not-known", "emitter"),
        ("attended", "client"),
        ("not-attended", "emitter"),
    ]
    assert occurrence["facts"][0]["source"] == SOURCE


async def test_what_was_said_last_in_the_events_is_what_is_read(journal: Journal, client: UUID, meeting: UUID) -> None:
    for outcome, by in (("attended", "keyworker"), ("not-attended", "emitter"), ("not-attended", "client")):
        await say(journal, client, meeting, outcome, by)

    [occurrence] = await occurrences(journal, client)

    standing = (await journal.said(client))[-1]["standing"]
    assert {name: occurrence[name] for name in standing} == standing
    assert standing == {"outcome": "not-attended", "decidedBy": "client", "disagreement": True}


async def test_a_correction_replaces_what_it_corrects_and_both_are_kept(
    journal: Journal, client: UUID, meeting: UUID
) -> None:
    first = await say(journal, client, meeting, "attended")
    await say(journal, client, meeting, "not-known", data__corrects=first)

    [occurrence] = await occurrences(journal, client)

    assert (occurrence["outcome"], occurrence["disagreement"]) == ("not-known", False)
    assert occurrence["facts"][1]["corrects"] == occurrence["facts"][0]["factId"]


async def test_a_correction_about_another_evening_is_refused(journal: Journal, client: UUID, meeting: UUID) -> None:
    first = await say(journal, client, meeting, "attended")
    week_before = (NOW - timedelta(days=7)).isoformat()

    answer = await journal.post(reported(client, meeting, data__corrects=first, data__observedAt=week_before))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "corrects-another-occurrence"


async def test_only_the_same_source_corrects_its_events(journal: Journal, client: UUID, meeting: UUID) -> None:
    first = await say(journal, client, meeting, "attended")
    token = journal.token(source=CLIENTS_APP, reports_as="client")
    event = reported(client, meeting, source=CLIENTS_APP, data__reportedBy="client", data__corrects=first)

    answer = await journal.post(event, token=token)

    assert answer.json()["errors"][0]["code"] == "unknown-correction"


async def test_the_latest_meeting_comes_first_with_its_start_in_its_own_zone(journal: Journal, client: UUID) -> None:
    london = await journal.lists(time_zone="Europe/London", start="19:00", weekday=3)
    for days in (200, 14, 60):
        await say(journal, client, london, "attended", data__observedAt=(NOW - timedelta(days=days)).isoformat())

    starts = [occurrence["start"] for occurrence in await occurrences(journal, client)]

    assert starts == sorted(starts, reverse=True)
    assert all("T19:00:00" in start for start in starts), "winter and summer alike"


async def test_nobody_yet_heard_of_has_an_empty_list(journal: Journal, client: UUID) -> None:
    assert await occurrences(journal, client) == []


@pytest.mark.parametrize(
    ("roles", "of", "status"),
    [
        (("keyworker",), ("X99", "north"), 200),
        (("team-lead",), ("X99", "south"), 200),
        (("keyworker",), ("X99", "south"), 403),
        (("keyworker",), ("X99", None), 403),
        (("recovery-champion",), ("X99", "north"), 403),
        (("operations",), ("X99", "north"), 403),
        ((), ("X99", "north"), 403),
        (("keyworker",), ("X98", "north"), 404),
        (("team-lead",), ("X98", "north"), 404),
    ],
)
async def test_a_client_is_read_by_their_team_and_its_lead_only(
    journal: Journal, client: UUID, roles: tuple[str, ...], of: tuple[str, str | None], status: int
) -> None:
    answer = await journal.attendance(client, journal.person(*roles, provider=of[0], team=of[1]))

    assert answer.status_code == status, answer.text


async def test_another_providers_client_looks_like_nobody(journal: Journal, client: UUID) -> None:
    stranger = journal.person("team-lead", provider="X98")

    theirs, nobody = await journal.attendance(client, stranger), await journal.attendance(uuid4(), stranger)

    assert theirs.status_code == nobody.status_code == 404
    assert theirs.json() == nobody.json()


async def test_somebody_erased_looks_like_nobody(journal: Journal, client: UUID, meeting: UUID) -> None:
    await say(journal, client, meeting, "attended")
    await journal.knows(client, state="erased", emitters=())

    answer = await journal.attendance(client, journal.person("keyworker"))

    assert answer.status_code == 404


async def test_systems_and_nobody_read_no_attendance(journal: Journal, client: UUID) -> None:
    assert (await journal.attendance(client, journal.token())).status_code == 403
    assert (await journal.http.get(f"/api/clients/{client}/attendance")).status_code == 401


async def test_every_read_is_in_the_audit_and_what_was_not_shown_is_not(journal: Journal, client: UUID) -> None:
    await journal.attendance(client, journal.person("keyworker", team="south"))
    await journal.attendance(client, journal.person("keyworker"))

    rows = await journal.rows("SELECT actor, provider, action, subject FROM audit WHERE client = %s", client)

    assert [tuple(row) for row in rows] == [("person:X99-('keyworker',)", "X99", "read", f"attendance/{client}")]


async def test_what_is_no_id_is_not_found(journal: Journal) -> None:
    answer = await journal.http.get(
        "/api/clients/9990548609/attendance", headers={"authorization": f"bearer {journal.person('keyworker')}"}
    )

    assert answer.status_code == 404
    assert "9990548609" not in answer.text
