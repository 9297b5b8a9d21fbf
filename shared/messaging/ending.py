"""Ending what aiokafka does, for certain.

Its own `stop` waits for the broker, and cut short it leaves tasks behind: a sender that delivers old events when the
broker is back, after all that its successor has sent; a fetcher that complains ten times a second for ever. What these
tasks are called is aiokafka's own business: its version is pinned, and tests see that nothing is left.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

_PATIENCE = 5.0


async def end_producer(producer: AIOKafkaProducer) -> None:
    """Delivers what it was given, if the broker answers."""
    await _at_most(_PATIENCE, producer.flush())
    await abandon_producer(producer)


async def abandon_producer(producer: AIOKafkaProducer) -> None:
    """Nothing more is sent; what is not acknowledged may have arrived."""
    producer._closed = True
    for _ in range(2):  # told once, the sender still waits for the request that is under way; told again, not even that
        await _cancel(producer._sender.sender_task)
    await _at_most(1, producer.client.close())


async def end_consumer(consumer: AIOKafkaConsumer) -> None:
    """Leaves its group, if the broker answers and it has no fixed name there."""
    if await _at_most(_PATIENCE, consumer.stop()):
        return
    coordinator = consumer._coordinator
    if coordinator is not None:
        tasks = (coordinator._coordination_task, coordinator._heartbeat_task, coordinator._commit_refresh_task)
        await _cancel(*tasks)
        await _at_most(1, consumer._fetcher.close())
    await _at_most(1, consumer._client.close())


async def _at_most(seconds: float, work: Coroutine[Any, Any, None]) -> bool:
    """Whether it came to its end; how, is of no interest any more."""
    done, _ = await asyncio.wait([task := asyncio.create_task(work)], timeout=seconds)
    if done:
        return task.cancelled() or task.exception() is None
    await _cancel(task)
    return False


async def _cancel(*tasks: "asyncio.Task[Any] | None") -> None:
    alive = [task for task in tasks if task is not None and not task.done()]
    for task in alive:
        task.cancel()
    if alive:
        done, _ = await asyncio.wait(alive, timeout=0.2)
        for task in done:
            if not task.cancelled():
                task.exception()  # or Python complains that nobody asked
