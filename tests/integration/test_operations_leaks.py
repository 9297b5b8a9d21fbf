"""The three places where logs leak by default (decision 17), each closed: uvicorn, pydantic, PostgreSQL."""

import importlib
import pkgutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from uuid import uuid4

import httpx
import psycopg
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import services
import shared
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.problems import free_port
from shared.events.referrals import ReferralOpened

NAME = "Margaret Thistlewood"
NHS_NUMBER = "9990548609"
_SERVICE = textwrap.dedent(
    """
    from shared.telemetry import logs
    logs.start("referrals")
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route
    from shared.telemetry.requests import RequestLog
    from shared.web.serving import serve
    import logging, sys

    async def read(request):
        if "fail" in request.query_params:
            raise ValueError(request.query_params["identifier"])
        return PlainTextResponse("read")

    app = Starlette(routes=[Route("/fhir/CarePlan/{id}", read)])
    WEB
    """
)


@pytest.fixture
def served() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A process that serves as our services do, and all that it prints."""
    port = free_port()
    code = _SERVICE.replace("WEB", f"serve(RequestLog(app), '127.0.0.1', {port})")
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            httpx.get(f"{address}/up")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield address, process
    process.kill()
    process.wait()


def test_uvicorn_prints_no_query_string_and_no_message_of_an_exception(
    served: tuple[str, subprocess.Popen[bytes]],
) -> None:
    address, process = served
    httpx.get(f"{address}/fhir/CarePlan/1", params={"identifier": NHS_NUMBER})
    failed = httpx.get(f"{address}/fhir/CarePlan/1", params={"identifier": NHS_NUMBER, "fail": "yes"})
    assert failed.status_code == 500
    process.send_signal(signal.SIGTERM)
    printed = process.communicate(timeout=20)[0].decode()
    assert '"route":"/fhir/CarePlan/{id}"' in printed
    assert '"exception":"ValueError"' in printed
    assert NHS_NUMBER not in printed


def _models() -> Iterator[type[BaseModel]]:
    for package in (shared, services):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__") and ".migrations." not in found.name:
                importlib.import_module(found.name)
    waiting: list[type[BaseModel]] = [BaseModel]
    while waiting:
        for model in waiting.pop().__subclasses__():
            waiting.append(model)
            if model.__module__.split(".")[0] in ("shared", "services"):
                yield model


def test_no_model_of_ours_repeats_its_input_in_an_error() -> None:
    models = list(_models())
    assert len(models) > 20
    assert [model.__qualname__ for model in models if not model.model_config.get("hide_input_in_errors")] == []


def test_pydantic_then_says_what_is_wrong_without_the_value() -> None:
    with pytest.raises(ValidationError) as hidden:
        ReferralOpened.model_validate({"referralId": NAME})
    assert NAME not in str(hidden.value)
    with pytest.raises(ValidationError) as shown:
        TypeAdapter(int).validate_python(NAME)
    assert NAME in str(shown.value)  # what pydantic does by itself: the reason for the rule


def test_postgresql_logs_an_error_without_the_row_that_caused_it(postgres: EmbeddedPostgres) -> None:
    table = f"client_{uuid4().hex[:8]}"
    with psycopg.connect(postgres.create_database("leaks"), autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {table} (name text PRIMARY KEY, born date NOT NULL)".encode())
        insert = f"INSERT INTO {table} VALUES (%s, '1980-01-01')".encode()
        connection.execute(insert, (NAME,))
        with pytest.raises(psycopg.errors.UniqueViolation) as twice:
            connection.execute(insert, (NAME,))
        with pytest.raises(psycopg.errors.NotNullViolation):
            connection.execute(f"INSERT INTO {table} (name) VALUES ('{NHS_NUMBER}')".encode())
    assert NAME in str(twice.value)  # the caller is told; the log is not
    written = (postgres.log or postgres.directory / "postgres.log").read_text()
    assert f"{table}_pkey" in written
    assert NAME not in written
    assert NHS_NUMBER not in written
