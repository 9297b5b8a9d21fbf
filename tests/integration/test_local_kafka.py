"""The embedded Kafka: what was written is found again, whatever ended it; a problem is said, not sat out."""

from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local.kafka import EmbeddedKafka
from deploy.local.problems import CannotStart, free_port


async def write(servers: str, value: bytes) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=servers)
    await admin.start()
    await admin.create_topics([NewTopic("kept", 1, 1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=servers, acks="all") as producer:
        await producer.send_and_wait("kept", value)


async def read(servers: str) -> bytes:
    async with AIOKafkaConsumer("kept", bootstrap_servers=servers, auto_offset_reset="earliest") as consumer:
        record = await consumer.getone()
    return bytes(record.value)


async def test_a_killed_kafka_starts_again_on_other_ports_with_its_records(embedded_directory: Path) -> None:
    directory = embedded_directory / "killed-kafka"
    with EmbeddedKafka(directory, free_port(), free_port()) as kafka:
        await write(kafka.bootstrap_servers, b"still here")
        kafka.kill()

    with EmbeddedKafka(directory, free_port(), free_port()) as again:
        assert await read(again.bootstrap_servers) == b"still here"
        again.kill()


def test_a_wrong_setting_ends_with_what_kafka_says_about_it(
    embedded_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.local.kafka.broker.PROPERTIES", "process.roles=broker,controller\nlog.dirs={data}\n")
    kafka = EmbeddedKafka(embedded_directory / "wrong-kafka", free_port(), free_port())

    with pytest.raises(CannotStart, match=r"node\.id"):
        kafka.prepare()


def test_without_java_the_error_says_what_to_install(embedded_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(embedded_directory))
    monkeypatch.delenv("JAVA_HOME", raising=False)

    with pytest.raises(CannotStart, match=r"Java 17 or later was not found.*apt-get install"):
        EmbeddedKafka(embedded_directory / "no-java", free_port(), free_port())


def test_a_kafka_that_does_not_come_up_shows_the_end_of_its_log(embedded_directory: Path) -> None:
    kafka = EmbeddedKafka(embedded_directory / "taken-port", free_port(), free_port())
    kafka.prepare()
    kafka.properties.write_text("process.roles=broker,controller\n")
    kafka.start()

    with pytest.raises(
        CannotStart, match=r"Kafka ended by itself \(exit code 1\)[\s\S]*Missing required configuration"
    ):
        kafka.wait(30)
