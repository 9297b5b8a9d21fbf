"""Journal as it lives: it hears of clients, meetings and systems, takes facts off the intake topic, and says them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from aiokafka import AIOKafkaProducer

from deploy.local.postgres import EmbeddedPostgres
from services.journal.handlers.reports import fact_id_of
from shared.events.kafka import Record, to_record
from shared.messaging.settings import KafkaSettings
from tests.eventually import eventually
from tests.integration.journal_builder import (
    NOW,
    SOURCE,
    Journal,
    client_known,
    in_binary,
    meeting_listed,
    on_intake,
    opened,
    read_topic,
    reported,
    settings_for,
    system_registered,
    write,
)
from tests.integration.odd_emitter import broken_name, write_oddly

MEETING = meeting_listed()
PEERS = "https://peers.example"
STRANGERS = "https://strangers.example"


@pytest.fixture(scope="module")
async def journal(
    kafka: str, postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Journal]:
    """One for all tests here: it knows a meeting and two emitters; each test has clients of its own."""
    kafka_settings = KafkaSettings(kafka, f"t{uuid4().hex[:10]}.")
    settings = settings_for(postgres, kafka_settings, tmp_path_factory.mktemp("journal"))
    async with opened(settings, with_kafka=True) as journal:
        await eventually(lambda: _ready(journal), within=60)
        await say(
            journal,
            to_record(MEETING),
            to_record(system_registered("demo-emitter")),
            to_record(system_registered("peers", source=PEERS, reports_as="peer")),
        )
        await eventually(lambda: journal.rows("SELECT 1 FROM emitter WHERE source = %s", PEERS))
        yield journal


async def _ready(journal: Journal) -> bool:
    return (await journal.http.get("/health/ready")).status_code == 200


@pytest.fixture
async def client(journal: Journal) -> UUID:
    known = client_known(uuid4(), sequence=1)
    await say(journal, to_record(known))
    await eventually(lambda: journal.rows("SELECT 1 FROM client WHERE client = %s", known.client))
    return known.client


async def say(journal: Journal, *records: Record) -> None:
    await write(journal.settings.kafka, *records)


async def report(journal: Journal, client: UUID | None, **said: Any) -> UUID:  # noqa: ANN401 - as `reported`
    """Writes it to the intake topic; answers the id of the fact that it would be."""
    event = reported(client, **{"data__meetingId": MEETING.key} | said)
    await say(journal, on_intake(event))
    return fact_id_of(event["source"], event["id"])


async def parked(journal: Journal, fact: UUID) -> str | None:
    rows = await journal.rows("SELECT code FROM parked WHERE event_id = %s", str(fact))
    return rows[0][0] if rows else None


async def dead(journal: Journal, fact: UUID) -> tuple[str, str] | None:
    rows = await journal.rows("SELECT field, code FROM dead_letter WHERE event_id = %s", str(fact))
    return tuple(rows[0]) if rows else None


async def recorded(journal: Journal, fact: UUID) -> bool:
    return bool(await journal.rows("SELECT 1 FROM fact WHERE fact_id = %s", fact))


async def test_a_fact_off_the_topic_is_said_on_the_other(journal: Journal, client: UUID) -> None:
    fact = await report(journal, client)

    async def its_event() -> Any:  # noqa: ANN401 - a record of Kafka
        records = await read_topic(journal.settings.kafka, "fama.attendance")
        return next((record for record in records if record.key == str(client).encode()), None)

    record = await eventually(its_event)
    assert dict(record.headers)["ce_id"] == str(fact).encode()
    assert dict(record.headers)["ce_provider"] == b"X99"
    assert orjson.loads(record.value)["outcome"] == "attended"


async def test_binary_and_structured_mode_say_the_same(journal: Journal, client: UUID) -> None:
    event = reported(client, data__meetingId=MEETING.key)
    after = reported(client, data__meetingId=MEETING.key)

    await say(journal, in_binary(event), on_intake(event, key="whatever"), in_binary(after))

    await eventually(lambda: recorded(journal, fact_id_of(SOURCE, after["id"])))
    assert len(await journal.facts(client)) == 2


async def test_what_comes_before_its_client_waits_and_is_taken_as_soon_as_they_are_known(journal: Journal) -> None:
    somebody = uuid4()
    fact = await report(journal, somebody)
    assert await eventually(lambda: parked(journal, fact)) == "unknown-client"

    await say(journal, to_record(client_known(somebody, sequence=1)))

    await eventually(lambda: recorded(journal, fact), within=5)
    assert await parked(journal, fact) is None


async def test_what_comes_before_its_card_waits_for_the_card(journal: Journal) -> None:
    card = uuid4().hex.upper()
    fact = await report(journal, None, data__cardCode=card)
    assert await eventually(lambda: parked(journal, fact)) == "unknown-card"

    await say(journal, to_record(client_known(uuid4(), sequence=1, card=card)))

    await eventually(lambda: recorded(journal, fact), within=5)


async def test_what_comes_before_its_meeting_waits_for_the_meeting(journal: Journal, client: UUID) -> None:
    listed = meeting_listed(place_name=f"Hall {uuid4()}")
    by_id = await report(journal, client, data__meetingId=listed.key)
    described = {
        "data__meetingId": None,
        "data__organisation": "AA",
        "data__place": listed.data.place_name,
        "data__start": (NOW - timedelta(hours=1)).isoformat(),
    }
    by_place = await report(journal, client, **described)
    assert await eventually(lambda: parked(journal, by_id)) == "unknown-meeting"
    assert await eventually(lambda: parked(journal, by_place)) == "unknown-meeting"

    await say(journal, to_record(listed))

    await eventually(lambda: recorded(journal, by_id), within=5)
    await eventually(lambda: recorded(journal, by_place), within=5)


async def test_a_source_waits_until_it_is_registered(journal: Journal) -> None:
    source = f"https://{uuid4().hex}.example"
    known = client_known(uuid4(), sequence=1, emitters=(source,))
    await say(journal, to_record(known))
    fact = await report(journal, known.client, source=source)
    assert await eventually(lambda: parked(journal, fact)) == "unknown-source"

    await say(journal, to_record(system_registered(f"system-{source}", source=source)))

    await eventually(lambda: recorded(journal, fact), within=5)


async def test_each_waits_by_itself_and_holds_up_nobody(journal: Journal, client: UUID) -> None:
    waiting = await report(journal, client, data__meetingId=str(uuid4()))
    after = await report(journal, client)

    await eventually(lambda: recorded(journal, after))
    assert await parked(journal, waiting) == "unknown-meeting"


async def test_after_a_day_what_is_still_unknown_becomes_a_dead_letter(journal: Journal) -> None:
    fact = await report(journal, uuid4())
    await eventually(lambda: parked(journal, fact))
    [[until]] = await journal.rows("SELECT give_up_at FROM parked WHERE event_id = %s", str(fact))
    assert timedelta(hours=23) < until - datetime.now(UTC) <= timedelta(hours=24)

    async with journal.database.work() as uow:
        await uow.connection.execute(
            "UPDATE parked SET give_up_at = now(), next_try_at = now() WHERE event_id = %s", (str(fact),)
        )

    assert await eventually(lambda: dead(journal, fact), within=10) == ("data.client", "unknown-client")
    assert await parked(journal, fact) is None


async def test_a_correction_waits_for_what_it_corrects(journal: Journal, client: UUID) -> None:
    first = uuid4().hex
    correction = await report(journal, client, data__corrects=first, data__outcome="not-known")
    assert await eventually(lambda: parked(journal, correction)) == "unknown-correction"

    await report(journal, client, id=first)

    await eventually(lambda: recorded(journal, correction), within=15)
    assert [outcome for outcome, *_ in await journal.facts(client)] == ["attended", "not-known"]


async def test_without_consent_it_is_a_dead_letter_at_once_and_a_later_consent_changes_nothing(
    journal: Journal,
) -> None:
    somebody = uuid4()
    await say(journal, to_record(client_known(somebody, sequence=1, emitters=())))
    await eventually(lambda: journal.rows("SELECT 1 FROM client WHERE client = %s", somebody))
    fact = await report(journal, somebody)
    assert await eventually(lambda: dead(journal, fact)) == ("source", "source-not-consented")

    await say(journal, to_record(client_known(somebody, sequence=2)))
    later = await report(journal, somebody)

    await eventually(lambda: recorded(journal, later))
    [(letter,)] = await journal.rows("SELECT id FROM dead_letter WHERE client = %s", somebody)
    refused = await journal.app.state.messaging.retries.replay(letter)
    assert refused.code == "source-not-consented"
    assert not await recorded(journal, fact)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"data__outcome": "yes"}, ("data.outcome", "literal-error")),
        ({"data__observedAt": NOW.replace(tzinfo=None).isoformat()}, ("data.observedAt", "time-without-zone")),
        ({"data__observedAt": (NOW + timedelta(hours=1)).isoformat()}, ("data.observedAt", "in-the-future")),
        ({"data__reportedBy": "client"}, ("data.reportedBy", "not-registered-for")),
        ({"type": "uk.famalink.journal.attendance.reported.v2"}, ("type", "unknown-version")),
        ({"type": "uk.famalink.referrals.client.known.v1"}, ("type", "unknown-type")),
        ({"data__place": "x" * 70_000}, ("event", "too-large")),
    ],
)
async def test_what_is_wrong_is_a_dead_letter_with_field_and_code(
    journal: Journal, client: UUID, change: dict[str, Any], expected: tuple[str, str]
) -> None:
    await say(journal, on_intake(reported(client, **{"data__meetingId": MEETING.key} | change)))

    found = await eventually(lambda: dead_of(journal, client))

    assert [(field, code) for _, field, code in found] == [expected]
    assert await journal.facts(client) == []


async def dead_of(journal: Journal, client: UUID) -> list[tuple[Any, ...]]:
    return await journal.rows("SELECT event_id, field, code FROM dead_letter WHERE client = %s", client)


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [
        ({"key": "k", "value": None}, ("value", "null-value")),
        ({"value": b"<html>"}, ("body", "not-json")),
        ({"headers": [("content-type", b"text/plain")]}, ("content-type", "not-supported")),
        ({"headers": [("ce_specversion", b"1.0"), ("ce_id", b"\xff\xfe")]}, ("ce_id", "not-utf-8")),
        ({"headers": [("ce_specversion", b"1.0"), ("ce_id", None)]}, ("ce_id", "null-header")),
        ({"headers": [("ce_specversion", b"0.3"), ("ce_id", b"1")]}, ("ce_specversion", "wrong-version")),
        ({"headers": []}, ("ce_specversion", "missing")),
    ],
)
async def test_a_broken_record_is_a_dead_letter_and_the_next_one_is_taken(
    journal: Journal, client: UUID, spoilt: dict[str, Any], expected: tuple[str, str]
) -> None:
    before = await journal.rows("SELECT id FROM dead_letter")
    record = on_intake(reported(client, data__meetingId=MEETING.key))._replace(**spoilt)

    await say(journal, record)
    after = await report(journal, client)

    await eventually(lambda: recorded(journal, after))
    [letter] = [
        tuple(row[1:])
        for row in await eventually(lambda: journal.rows("SELECT id, field, code FROM dead_letter"))
        if row[0] not in {row[0] for row in before}
    ]
    assert letter == expected


async def test_a_headers_name_that_is_no_text_stops_nobody(journal: Journal, client: UUID) -> None:
    before, after = uuid4().hex, uuid4().hex
    good = [in_binary(reported(client, data__meetingId=MEETING.key, id=event_id)) for event_id in (before, after)]

    await write_oddly(journal.settings.kafka, good[0], broken_name(good[0]), good[1])

    await eventually(lambda: recorded(journal, fact_id_of(SOURCE, after)))
    assert await recorded(journal, fact_id_of(SOURCE, before))


async def test_what_an_emitter_took_back_in_a_transaction_was_never_said(journal: Journal, client: UUID) -> None:
    taken_back = in_binary(reported(client, data__meetingId=MEETING.key))
    producer = AIOKafkaProducer(
        bootstrap_servers=journal.settings.kafka.bootstrap, transactional_id=uuid4().hex, compression_type="gzip"
    )
    await producer.start()
    try:
        for keeps in (False, True):
            await producer.begin_transaction()
            record = in_binary(reported(client, data__meetingId=MEETING.key)) if keeps else taken_back
            topic = journal.settings.kafka.prefix + record.topic
            await producer.send_and_wait(topic, record.value, headers=list(record.headers), partition=0)
            await (producer.commit_transaction() if keeps else producer.abort_transaction())
    finally:
        await producer.stop()

    await eventually(lambda: journal.facts(client))
    assert len(await journal.facts(client)) == 1


async def test_where_and_why_is_said_without_what_it_held(journal: Journal, client: UUID) -> None:
    event = reported(client, data__meetingId=MEETING.key, id="Jane Doe 999 054 8609", data__outcome="yes")
    fact = fact_id_of(SOURCE, event["id"])

    await say(journal, on_intake(event))
    await eventually(lambda: dead(journal, fact))

    async def its_notice() -> Any:  # noqa: ANN401 - a record of Kafka
        records = await read_topic(journal.settings.kafka, "fama.deadletters")
        return next((record for record in records if record.key == str(fact).encode()), None)

    notice = await eventually(its_notice)
    said = orjson.loads(notice.value)
    assert (said["topic"], said["field"], said["code"]) == ("fama.attendance.intake", "data.outcome", "literal-error")
    for told in (notice.value, *(value for _, value in notice.headers)):
        assert b"Jane" not in told
        assert str(client).encode() not in told


async def test_the_other_providers_client_is_unknown_to_an_emitter_here_too(journal: Journal) -> None:
    theirs = client_known(uuid4(), sequence=1, provider="X98")
    await say(journal, to_record(theirs))
    await eventually(lambda: journal.rows("SELECT 1 FROM client WHERE client = %s", theirs.client))

    fact = await report(journal, theirs.client)

    assert await eventually(lambda: parked(journal, fact)) == "unknown-client"
    [[provider]] = await journal.rows("SELECT provider FROM parked WHERE event_id = %s", str(fact))
    assert provider == "X99", "its own operations see it, the other provider's do not"


async def test_peers_report_with_consent_and_outrank_emitters(journal: Journal) -> None:
    known = client_known(uuid4(), sequence=1, peers=True, emitters=(SOURCE,))
    await say(journal, to_record(known))
    await eventually(lambda: journal.rows("SELECT 1 FROM client WHERE client = %s", known.client))

    peer = await report(journal, known.client, source=PEERS, data__reportedBy="peer", data__outcome="not-attended")
    await eventually(lambda: recorded(journal, peer))
    emitter = await report(journal, known.client)
    await eventually(lambda: recorded(journal, emitter))

    last = (await journal.said(known.client))[-1]
    assert last["standing"] == {"outcome": "not-attended", "decidedBy": "peer", "disagreement": True}


async def test_the_same_event_in_many_copies_is_applied_once(journal: Journal, client: UUID) -> None:
    event = reported(client, data__meetingId=MEETING.key)
    after = reported(client, data__meetingId=MEETING.key)

    await say(journal, *[on_intake(event, key=str(number)) for number in range(24)], on_intake(after))

    await eventually(lambda: recorded(journal, fact_id_of(SOURCE, after["id"])))
    await asyncio.sleep(0.5)
    assert len(await journal.facts(client)) == len(await journal.said(client)) == 2


async def test_a_meeting_listed_twice_is_as_it_was_said_last(journal: Journal, client: UUID) -> None:
    listed = meeting_listed()
    tomorrow = (NOW + timedelta(days=1)).isoweekday()
    moved = meeting_listed(meeting_id=UUID(listed.key), weekday=tomorrow)
    await say(journal, to_record(listed), to_record(moved))
    await eventually(
        lambda: journal.rows(
            "SELECT 1 FROM meeting WHERE meeting_id = %s AND listed ->> 'weekday' = %s", listed.key, str(tomorrow)
        )
    )

    answer = await journal.post(reported(client, UUID(listed.key), data__start=NOW.isoformat()))

    assert answer.json()["errors"][0]["code"] == "no-such-occurrence"


async def test_an_erasure_leaves_nothing_of_a_client_but_that_they_were_erased(journal: Journal) -> None:
    card = uuid4().hex.upper()
    known = client_known(uuid4(), sequence=1, card=card, peers=False)
    await say(journal, to_record(known))
    await eventually(lambda: journal.rows("SELECT 1 FROM client WHERE client = %s", known.client))
    taken = await report(journal, known.client)
    parked_by_card = await report(journal, None, data__cardCode=card, data__meetingId=str(uuid4()))
    parked_by_id = await report(journal, known.client, data__meetingId=str(uuid4()))
    refused = await report(journal, known.client, source=PEERS, data__reportedBy="peer")
    await eventually(lambda: recorded(journal, taken))
    for fact in (parked_by_card, parked_by_id):
        await eventually(lambda fact=fact: parked(journal, fact))  # type: ignore[misc]
    await eventually(lambda: dead(journal, refused))
    await journal.database.keys.ensure([known.client])

    erased = client_known(known.client, sequence=2, state="erased", emitters=())
    await say(journal, to_record(erased))
    await eventually(lambda: journal.rows("SELECT 1 FROM client WHERE client = %s AND erased", known.client))

    assert await everything_about(journal, known.client, card) == []
    assert not await journal.database.keys.existing([known.client])
    tombstone = "SELECT team, card_sha256, peers, emitters, time_zone FROM client WHERE client = %s"
    [row] = await journal.rows(tombstone, known.client)
    assert tuple(row) == (None, None, False, [], None)


async def test_a_late_event_about_an_erased_client_leaves_no_trace_of_them(journal: Journal, client: UUID) -> None:
    await say(journal, to_record(client_known(client, sequence=2, state="erased", emitters=())))
    await eventually(lambda: journal.rows("SELECT 1 FROM client WHERE client = %s AND erased", client))

    late = await report(journal, client)
    await say(journal, to_record(client_known(client, sequence=3)))

    assert await eventually(lambda: dead(journal, late)) == ("data.client", "erased")
    assert await dead_of(journal, client) == []
    assert (await journal.post(reported(client, UUID(MEETING.key)))).json()["errors"][0]["code"] == "unknown-client"
    assert await everything_about(journal, client, "") == []


async def everything_about(journal: Journal, client: UUID, card: str) -> list[Any]:
    """Rows of any table but the tombstone that name them, however."""
    tables = await journal.rows(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'client'"
    )
    found: list[Any] = []
    for (table,) in tables:
        found += await journal.rows(
            f"SELECT '{table}', t::text FROM {table} t WHERE position(%s IN t::text) > 0", str(client)
        )
    if card:
        found += await journal.rows("SELECT * FROM awaited WHERE position(%s IN awaits) > 0", card)
    return found
