"""Whether the broker answers, and how far behind we are: aiokafka tries again by itself, for ever, and tells nobody."""

import asyncio
from collections.abc import Callable, Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from shared.messaging.received import Topic
from shared.telemetry import metrics
from shared.telemetry.logs import logger

log = logger()
_GLANCE = 2.0
_PATIENCE = 3.0


async def watch(
    consumer: AIOKafkaConsumer,
    topics: Mapping[str, Topic],
    in_hand: Mapping[TopicPartition, int],
    answers: Callable[[bool], None],
) -> None:
    """Until it is cancelled. `topics` by their full name; `in_hand`: first offsets that are fetched and not applied."""
    while True:
        try:
            async with asyncio.timeout(_PATIENCE):
                await _measure(consumer, topics, in_hand)
            answers(True)
        except IllegalStateError:
            pass  # a rebalance took a partition in between
        except (KafkaError, TimeoutError, OSError):
            answers(False)
        except Exception:
            log.exception("consumer.not-measured")
        await asyncio.sleep(_GLANCE)


async def _measure(
    consumer: AIOKafkaConsumer, topics: Mapping[str, Topic], in_hand: Mapping[TopicPartition, int]
) -> None:
    """One request; also by an instance that has no partitions."""
    ours = consumer.assignment()
    ends = await consumer.end_offsets(ours or [TopicPartition(next(iter(topics)), 0)])
    lags = dict.fromkeys((topic.name for topic in topics.values()), 0)
    for partition in ours:
        position = in_hand.get(partition)
        if position is None:
            position = await consumer.position(partition)
        lags[topics[partition.topic].name] += max(0, ends[partition] - position)
    for name, lag in lags.items():
        metrics.consumer_lag.labels(name).set(lag)
