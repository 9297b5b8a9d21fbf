"""What is set for a topic, and setting it as somebody who runs the broker would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from tests.eventually import eventually


@asynccontextmanager
async def administering(bootstrap: str) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


async def set_for(bootstrap: str, topic: str) -> dict[str, str]:
    async with administering(bootstrap) as admin:
        [answer] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    return {entry[0]: entry[1] for entry in answer.resources[0][4]}


async def put(bootstrap: str, topic: str, **settings: str) -> None:
    """Besides what is set. Names with `_` for each dot; returns when the broker goes by it."""
    wanted = {name.replace("_", "."): value for name, value in settings.items()}
    there = await eventually(partial(set_for, bootstrap, topic))  # a topic just made is not known at once
    kept = {name: there[name] for name in ("cleanup.policy", "retention.ms", "segment.ms")}
    async with administering(bootstrap) as admin:
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, kept | wanted)])

    async def applied() -> bool:
        return wanted.items() <= (await set_for(bootstrap, topic)).items()

    await eventually(applied)
