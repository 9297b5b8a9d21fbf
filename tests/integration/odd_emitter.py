"""An emitter whose headers' names need not be text: in a process of its own, as aiokafka writes that only without its
extensions. Takes from its input what to write, as JSON: bootstrap, topic, and records of headers and value."""

import asyncio
import json
import os
import subprocess
import sys
from typing import Any

from aiokafka import AIOKafkaProducer

from shared.events.kafka import Record
from shared.messaging.settings import KafkaSettings

BROKEN = "(broken)"


class Broken(str):
    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return b"ce_\xff\xfe"


def broken_name(record: Record) -> Record:
    """The same with one more header, whose name is no text, and an id that it has to itself."""
    return record._replace(headers=[*record.headers, (BROKEN, b"1")])


async def write_oddly(settings: KafkaSettings, *records: Record) -> None:
    told = {"bootstrap": settings.bootstrap, "topic": settings.prefix + records[0].topic}
    said = [[[(name, (raw or b"").decode()) for name, raw in it.headers], (it.value or b"").decode()] for it in records]
    await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "tests.integration.odd_emitter"],
        input=json.dumps(told | {"records": said}),
        env=os.environ | {"AIOKAFKA_NO_EXTENSIONS": "1"},
        text=True,
        check=True,
        timeout=60,
    )


async def _write(told: dict[str, Any]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=told["bootstrap"], linger_ms=200)
    await producer.start()
    try:
        sent = [
            await producer.send(
                told["topic"],
                value.encode(),
                headers=[(Broken("x") if name == BROKEN else name, text.encode()) for name, text in headers],
                partition=0,
            )
            for headers, value in told["records"]
        ]
        await asyncio.gather(*sent)
    finally:
        await producer.stop()


if __name__ == "__main__":
    asyncio.run(_write(json.loads(sys.stdin.read())))
