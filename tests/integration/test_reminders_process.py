"""Reminders as a process: its own commands, its own environment."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg

from deploy.local.postgres import EmbeddedPostgres
from deploy.local.problems import free_port
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import new_master_file
from tests.eventually import eventually


def environment(postgres: EmbeddedPostgres, kafka: KafkaSettings, directory: Path) -> dict[str, str]:
    name = f"reminders_{uuid4().hex[:10]}"
    (directory / "master.json").write_bytes(new_master_file())
    return {
        "REMINDERS_DATABASE_URL": postgres.create_database(name),
        "REMINDERS_KEYS_DATABASE_URL": postgres.create_database(f"{name}_keys"),
        "KAFKA_BOOTSTRAP_SERVERS": kafka.bootstrap,
        "FAMALINK_TOPIC_PREFIX": kafka.prefix,
        "FAMALINK_PORT_BASE": str(free_port() - 3),
        "MASTER_KEY_FILE": str(directory / "master.json"),
        "STATE_DIR": str(directory),
        "SIGN_IN_ISSUER": "http://localhost:1",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(free_port()),
        "SMTP_FROM": "notes@post.example",
    }


async def start(command: str, settings: Mapping[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.reminders",
        command,
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_it_migrates_serves_and_stops_when_it_is_told_to(
    postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, tmp_path: Path
) -> None:
    settings = environment(postgres, kafka_settings, tmp_path)
    for _ in range(2):  # a second time changes nothing
        migrating = await start("migrate", settings)
        _, problem = await migrating.communicate()
        assert migrating.returncode == 0, problem.decode()
    serving = await start("serve", settings)
    address = f"http://127.0.0.1:{int(settings['FAMALINK_PORT_BASE']) + 3}"
    async with httpx.AsyncClient(base_url=address) as http:

        async def ready() -> bool:
            try:
                return (await http.get("/health/ready")).status_code == 200
            except httpx.TransportError:
                return False

        await eventually(ready, within=90)
        assert "famalink_messages_due" in (await http.get("/metrics")).text
        paths = (await http.get("/openapi.json")).json()["paths"]
        assert {"/api/clients/{clientId}/contact", "/api/clients/{clientId}/reminders"} <= set(paths)
    serving.terminate()
    said, _ = await asyncio.wait_for(serving.communicate(), 20)
    # The server winds down and then ends by the signal that it was sent.
    assert serving.returncode in (0, -signal.SIGTERM)
    assert b"background.failed" not in said
    assert b"process.failed" not in said


async def test_a_setting_that_is_missing_or_cannot_be_is_named(
    postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, tmp_path: Path
) -> None:
    good = environment(postgres, kafka_settings, tmp_path)
    for name, value in (("SMTP_HOST", ""), ("SMTP_PORT", "mail"), ("SMTP_FROM", "nobody"), ("MASTER_KEY_FILE", "")):
        serving = await start("serve", good | {name: value})
        _, problem = await serving.communicate()
        assert serving.returncode == 1
        assert problem.decode().startswith(f"reminders: {name}")


async def test_the_tables_carry_provider_and_team_on_every_row_about_a_person(
    postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, tmp_path: Path
) -> None:
    settings = environment(postgres, kafka_settings, tmp_path)
    await (await start("migrate", settings)).communicate()
    query = """SELECT table_name, array_agg(column_name::text) FROM information_schema.columns
        WHERE table_schema = 'public' GROUP BY table_name"""
    with psycopg.connect(settings["REMINDERS_DATABASE_URL"]) as connection:
        tables: dict[str, list[str]] = dict(connection.execute(query).fetchall())
    ours = {"client", "contact", "referral", "commitment", "message"}
    assert all({"client", "provider", "team"} <= set(tables[name]) for name in ours)
