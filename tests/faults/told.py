"""What the services told each other on their topics."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from aiokafka import ConsumerRecord

from shared.messaging.settings import KafkaSettings
from tests.faults.clients import Occasion
from tests.integration.journal_builder import read_topic
from tests.whole import Whole


@dataclass(frozen=True, slots=True)
class Said:
    """A record, as far as its envelope and data matter here. `verb`: of its type."""

    id: UUID
    verb: str
    client: UUID
    sequence: str
    data: dict[str, Any]


ByClient = Mapping[UUID, list[Said]]


async def said(services: Whole, topic: str) -> list[Said]:
    """Each event once, where it first stands; per client in the topic's order."""
    environment = services.environment
    settings = KafkaSettings(environment["KAFKA_BOOTSTRAP_SERVERS"], environment["FAMALINK_TOPIC_PREFIX"])
    records = sorted(await read_topic(settings, topic), key=lambda record: (record.partition, record.offset))
    first: dict[UUID, Said] = {}
    for event in map(_said, records):
        first.setdefault(event.id, event)
    print(f"{topic}: {len(first)} events, {len(records) - len(first)} records more")
    return list(first.values())


def _said(record: "ConsumerRecord[Any, Any]") -> Said:
    headers = {name: value.decode() for name, value in record.headers}
    verb, client = headers["ce_type"].split(".")[-2], UUID(headers["ce_subject"])
    return Said(UUID(headers["ce_id"]), verb, client, headers.get("ce_sequence", ""), orjson.loads(record.value))


def by_client(events: Iterable[Said]) -> dict[UUID, list[Said]]:
    found: defaultdict[UUID, list[Said]] = defaultdict(list)
    for event in events:
        found[event.client].append(event)
    return found


def stood(occasion: Occasion, facts: Iterable[Said]) -> list[tuple[str, bool]]:
    """Outcome and disagreement after each fact about it, in the order in which they were said."""
    wanted = (str(occasion.meeting), occasion.date.isoformat())
    standings = [fact.data["standing"] for fact in facts if (fact.data["meetingId"], fact.data["date"]) == wanted]
    return [(standing["outcome"], standing["disagreement"]) for standing in standings]


def of_commitment(occasion: Occasion, decisions: Iterable[Said]) -> list[tuple[str, bool]]:
    wanted = ("outcome-noted", str(occasion.commitment))
    data = [event.data for event in decisions if (event.verb, event.data.get("commitmentId")) == wanted]
    return [(noted["outcome"], noted["disagreement"]) for noted in data]


def of_goal(occasion: Occasion, decisions: Iterable[Said]) -> list[str]:
    """After it was agreed."""
    return [it.verb for it in decisions if it.data.get("goalId") == str(occasion.goal) and it.verb != "agreed"]
