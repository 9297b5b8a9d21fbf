"""5,000 attendance events while each of the three services is killed again and again: what went in comes out, once."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from random import Random

import pytest
from aiokafka import AIOKafkaProducer

from deploy.local.postgres import EmbeddedPostgres
from deploy.local.settings import SERVICES
from shared.messaging.settings import KafkaSettings
from tests.eventually import eventually
from tests.faults.clients import Client, Occasion, open_clients
from tests.faults.emitter import Emitter, Report, reports_about
from tests.faults.outcome import facts_noted, goals_achieved, letters, rows, through
from tests.faults.told import ByClient, Said, by_client, of_commitment, of_goal, said, stood
from tests.whole import Whole, whole

CLIENTS, EACH = 200, 5
"""A thousand occasions, five reports of each."""
KILLS_EACH = 3
_WAVE = 25
_PAUSE = 0.08


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_what_goes_in_comes_out_once_and_in_order_while_every_service_is_killed(
    pytestconfig: pytest.Config, postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, tmp_path: Path
) -> None:
    seed = pytestconfig.getoption("randomly_seed")
    print(f"repeat with --randomly-seed={seed}")
    random = Random(seed)  # noqa: S311 - to be repeated
    async with whole(postgres, kafka_settings.bootstrap, tmp_path, prefix=kafka_settings.prefix) as services:
        await services.bring_up()
        clients = await open_clients(services.doors, CLIENTS)
        reports = reports_about(clients, EACH, random)
        assert len(reports) == 5_000
        await send_while_killing(services, kafka_settings, reports, random)
        await eventually(lambda: through(services, reports), within=90)

        await every_fact_is_recorded_once(services, reports)
        facts, decisions = await said(services, "fama.attendance"), await said(services, "fama.referrals")
        await order_is_kept(services, by_client(facts), by_client(decisions))
        every_outcome_is_said_once(clients, by_client(facts), by_client(decisions))
        await goals_are_shown_as_they_stand(services, clients, by_client(facts))
        await nobody_is_written_to_twice(services, clients)


async def send_while_killing(services: Whole, kafka: KafkaSettings, reports: Sequence[Report], random: Random) -> None:
    """Half by Kafka, half by HTTP, some of them both ways."""
    waves = [reports[first : first + _WAVE] for first in range(0, len(reports), _WAVE)]
    names = random.sample(SERVICES * KILLS_EACH, len(SERVICES) * KILLS_EACH)
    killed = dict(zip(random.sample(range(len(waves)), len(names)), names, strict=True))
    killing = asyncio.create_task(asyncio.sleep(0))
    async with AIOKafkaProducer(bootstrap_servers=kafka.bootstrap) as producer:
        emitter = Emitter(services.doors, producer, f"{kafka.prefix}fama.attendance.intake")
        for number, wave in enumerate(waves):
            if number in killed:
                await killing
                killing = asyncio.create_task(kill(services, killed[number], random))
            await emitter.by_kafka(wave[:13])
            emitter.by_http(wave[12:20], batch=True)
            emitter.by_http(wave[20:], batch=False)
            await asyncio.sleep(_PAUSE)
        await killing
        await emitter.done()
    print(f"{emitter.again} sent again by HTTP")


async def kill(services: Whole, name: str, random: Random) -> None:
    """At some moment of its work, not of its start."""
    await eventually(lambda: services.ready(name), within=60)
    await asyncio.sleep(random.uniform(0, 1))
    services.kill(name)
    services.start(name)


async def every_fact_is_recorded_once(services: Whole, reports: Sequence[Report]) -> None:
    facts = [fact for (fact,) in await rows(services, "journal", "SELECT fact_id FROM fact")]
    assert sorted(facts) == sorted(report.fact for report in reports)
    for name in SERVICES:
        left = await rows(services, name, "SELECT code FROM parked UNION ALL SELECT code FROM dead_letter")
        assert left == [], name


async def order_is_kept(services: Whole, facts: ByClient, decisions: ByClient) -> None:
    """Journal's of every occasion, the topic's by referrals, the pathway's versions on its topic."""
    nth = dict(await rows(services, "journal", "SELECT fact_id, nth FROM fact"))
    noted = await facts_noted(services)
    for client, recorded in facts.items():
        by_occasion = sorted(recorded, key=_occasion)
        assert by_occasion == sorted(recorded, key=lambda fact: (_occasion(fact), nth[fact.id]))
        assert noted[client] == [fact.id for fact in recorded]
        sequences = [event.sequence for event in decisions[client]]
        assert sequences == sorted(sequences)


def every_outcome_is_said_once(clients: Sequence[Client], facts: ByClient, decisions: ByClient) -> None:
    """What stood at each fact is what referrals said, as often as it changed."""
    for client in clients:
        decided = decisions[client.client]
        for occasion in client.occasions:
            stands = stood(occasion, facts[client.client])
            assert len(stands) == EACH
            assert of_commitment(occasion, decided) == [outcome for outcome, _ in groupby(stands)]
            went = [attended for attended, _ in groupby(outcome == "attended" for outcome, _ in stands)]
            changes = ["achieved" if attended else "resumed" for attended in went]
            assert of_goal(occasion, decided) == changes[not went[0] :]


async def goals_are_shown_as_they_stand(services: Whole, clients: Sequence[Client], facts: ByClient) -> None:
    def attended(occasion: Occasion) -> bool:
        outcome, _ = stood(occasion, facts[occasion.client])[-1]
        return outcome == "attended"

    occasions = [occasion for client in clients for occasion in client.occasions]
    assert await goals_achieved(services) == {occasion.goal for occasion in occasions if attended(occasion)}


async def nobody_is_written_to_twice(services: Whole, clients: Sequence[Client]) -> None:
    messages = await rows(services, "reminders", "SELECT message_id::text, commitment_id, rule, state FROM message")
    asked = Counter((commitment, rule) for _, commitment, rule, _ in messages)
    assert set(asked.values()) == {1}, "planned once per commitment and rule"
    yesterday = {client.occasions[-1].commitment for client in clients if client.email}
    assert {commitment for commitment, rule in asked if rule == "how-was-it"} == yesterday
    states = {message: state for message, _, _, state in messages}
    written = Counter(letters(services))
    assert set(written.values()) == {1}, "sent once at most"
    assert {message for message, state in states.items() if state == "sent"} <= written.keys()
    assert {states[message] for message in written} <= {"sent", "unknown"}
    news = await said(services, "fama.reminders")
    assert Counter(event.data["messageId"] for event in news if event.verb == "planned") == Counter(states.keys())


def _occasion(fact: Said) -> tuple[str, str]:
    return fact.data["meetingId"], fact.data["date"]
