"""Every topic with its retention, from one list; made when they are missing, put right when they differ."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import NodeNotReadyError, TopicAlreadyExistsError, for_code

from shared.events import catalogue
from shared.telemetry.logs import logger

log = logger()
PARTITIONS = 12
_OF_THE_TOPIC = 1
"""Where a setting comes from, in Kafka's answer: set for this topic, neither the broker's nor a default."""


def _milliseconds(span: timedelta) -> str:
    return str(int(span.total_seconds() * 1000))


def _kept(span: timedelta) -> dict[str, str]:
    return {
        "cleanup.policy": "delete",
        "retention.ms": _milliseconds(span),
        "segment.ms": _milliseconds(timedelta(days=1)),
    }


# An erasure must be real within a day (decision 19), also in a quiet topic whose last segment would never be rolled.
_COMPACTED = {
    "cleanup.policy": "compact",
    "max.compaction.lag.ms": _milliseconds(timedelta(hours=12)),
    "segment.ms": _milliseconds(timedelta(hours=6)),
    "delete.retention.ms": _milliseconds(timedelta(days=1)),
    "min.cleanable.dirty.ratio": "0.1",
}
_CLIENT_DAYS = _kept(timedelta(days=30))
# Others write here, and compress as they like; Kafka undoes it, so that no reader needs everybody's libraries.
_READABLE = {"compression.type": "uncompressed"}


@dataclass(frozen=True, slots=True)
class TopicPlan:
    name: str
    settings: dict[str, str] = field(hash=False)


PLAN = (
    TopicPlan(catalogue.REFERRALS, _CLIENT_DAYS),
    TopicPlan(catalogue.ATTENDANCE, _CLIENT_DAYS),
    TopicPlan(catalogue.REMINDERS, _CLIENT_DAYS),
    TopicPlan(catalogue.INTAKE, _CLIENT_DAYS | _READABLE),
    TopicPlan(catalogue.CLIENTS, _COMPACTED),
    TopicPlan(catalogue.DIRECTORY, _COMPACTED),
    TopicPlan(catalogue.SYSTEMS, _COMPACTED),
    TopicPlan(catalogue.DEADLETTERS, _kept(timedelta(days=14))),
)


async def make_topics(bootstrap: str, prefix: str, *, replication: int = 1) -> None:
    """Safe to run by every service at every start. Raises what Kafka raises when it is away."""
    async with asyncio.timeout(15):
        admin, there = await _asked(bootstrap)
    try:
        missing = [plan for plan in PLAN if prefix + plan.name not in there]
        if missing:
            await _create(admin, [_new(prefix, plan, replication) for plan in missing])
        await _put_right(admin, {prefix + plan.name: plan for plan in PLAN if plan not in missing})
    finally:
        await admin.close()


async def _asked(bootstrap: str) -> tuple[AIOKafkaAdminClient, set[str]]:
    """A broker back from a pause knows of none for a moment, not even of itself: it is asked anew until it does."""
    while True:
        admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=10_000)
        try:
            await admin.start()
            return admin, set(await admin.list_topics())
        except NodeNotReadyError:
            await admin.close()
            await asyncio.sleep(0.1)
        except BaseException:
            await admin.close()
            raise


async def _put_right(admin: AIOKafkaAdminClient, standing: Mapping[str, TopicPlan]) -> None:
    """What was set for a topic besides ours stays: this request takes away what it does not name."""
    if not standing:
        return
    there = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in standing])
    set_for = {
        topic[3]: {entry[0]: entry[1] for entry in topic[4] if entry[3] == _OF_THE_TOPIC}
        for answer in there
        for topic in answer.resources
    }
    wrong = {name: plan for name, plan in standing.items() if not plan.settings.items() <= set_for[name].items()}
    if wrong:
        put = {name: set_for[name] | plan.settings for name, plan in wrong.items()}
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, *one) for one in put.items()])
        log.info("topics.put-right", count=len(wrong))


def _new(prefix: str, plan: TopicPlan, replication: int) -> NewTopic:
    return NewTopic(prefix + plan.name, PARTITIONS, replication, topic_configs=plan.settings)


async def _create(admin: AIOKafkaAdminClient, topics: list[NewTopic]) -> None:
    answer = await admin.create_topics(topics, timeout_ms=10_000)
    for name, code, *_ in answer.topic_errors:
        error = for_code(code)
        if not code:
            log.info("topic.created", topic=name)
        elif error is not TopicAlreadyExistsError:  # another service was quicker: the same topic
            raise error(name)
