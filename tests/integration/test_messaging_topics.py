"""Topics are made from one list and put right; what somebody has set besides it stays."""

import asyncio
from functools import partial

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import NodeNotReadyError

from shared.events.catalogue import CLIENTS, REFERRALS
from shared.messaging.settings import KafkaSettings
from shared.messaging.topics import PLAN, make_topics
from tests.eventually import eventually
from tests.integration.topic_settings import put, set_for


async def test_services_that_start_together_make_every_topic_with_its_retention(kafka_settings: KafkaSettings) -> None:
    bootstrap, prefix = kafka_settings.bootstrap, kafka_settings.prefix
    await asyncio.gather(*(make_topics(bootstrap, prefix) for _ in range(3)))
    for plan in PLAN:
        found = await eventually(partial(set_for, bootstrap, prefix + plan.name))
        assert plan.settings.items() <= found.items()
    assert (await set_for(bootstrap, prefix + CLIENTS))["cleanup.policy"] == "compact"


async def test_a_broker_that_does_not_yet_know_itself_is_asked_until_it_does(
    kafka_settings: KafkaSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between listening and taking part a broker answers with a cluster of none; it lasts some milliseconds."""
    asked, names_of_topics = [], AIOKafkaAdminClient.list_topics

    async def list_topics(admin: AIOKafkaAdminClient) -> list[str]:
        asked.append(admin)
        if len(asked) < 3:
            raise NodeNotReadyError("node id None")
        return list(await names_of_topics(admin))

    monkeypatch.setattr(AIOKafkaAdminClient, "list_topics", list_topics)
    await make_topics(kafka_settings.bootstrap, kafka_settings.prefix)
    assert await eventually(partial(set_for, kafka_settings.bootstrap, kafka_settings.prefix + CLIENTS))


async def test_a_retention_that_was_changed_is_put_right_and_other_settings_stay(kafka_settings: KafkaSettings) -> None:
    bootstrap, prefix = kafka_settings.bootstrap, kafka_settings.prefix
    topic = prefix + REFERRALS
    await make_topics(bootstrap, prefix)
    await put(bootstrap, topic, retention_ms="60000", max_message_bytes="20000")

    await make_topics(bootstrap, prefix)

    async def right() -> bool:
        return (await set_for(bootstrap, topic))["retention.ms"] == "2592000000"

    await eventually(right)
    assert (await set_for(bootstrap, topic))["max.message.bytes"] == "20000"
