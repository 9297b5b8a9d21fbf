"""Topics are made from one list and put right; what somebody has set besides it stays."""

import asyncio
from functools import partial

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
