"""The embedded PostgreSQL: what was committed is found again, whatever ended it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from deploy.local.child import launched
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.privileges import identity_to_reach
from deploy.local.problems import free_port


@contextmanager
def sleeper() -> Iterator[int]:
    """A process that is nobody's, for its pid."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process.pid
        process.kill()


@pytest.fixture
def private(embedded_directory: Path) -> Path:
    folder = embedded_directory / "private"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def remember(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'still here' AS word")


def recall(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT word FROM kept").fetchone()
    assert row is not None
    return str(row[0])


def test_a_killed_postgres_starts_again_with_what_was_committed(embedded_directory: Path) -> None:
    directory = embedded_directory / "killed-postgres"
    with EmbeddedPostgres(directory, free_port()) as postgres:
        remember(postgres.create_database("journal"))
        postgres.kill()

    with EmbeddedPostgres(directory, free_port()) as again:
        assert recall(again.create_database("journal")) == "still here"


def test_a_stale_lock_whose_pid_is_another_programs_now_does_not_keep_postgres_from_starting(
    embedded_directory: Path,
) -> None:
    directory = embedded_directory / "stale-lock"
    with EmbeddedPostgres(directory, free_port()) as postgres:
        remember(postgres.create_database("journal"))
        lock = postgres.data / "postmaster.pid"
        held = lock.read_text()
        postgres.kill()

    with sleeper() as other:
        lock.write_text(held.replace(held.split()[0], str(other), 1))
        with EmbeddedPostgres(directory, free_port()) as again:
            assert recall(again.url("journal")) == "still here"


def test_an_interrupted_first_start_is_begun_anew(embedded_directory: Path) -> None:
    directory = embedded_directory / "interrupted"
    (directory / "data.new").mkdir(parents=True)
    (directory / "data.new" / "PG_VERSION").write_text("18\n")

    with EmbeddedPostgres(directory, free_port(), durable=False) as postgres:
        remember(postgres.create_database("journal"))


def test_services_do_not_work_as_superuser(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.create_database("whoami")) as connection:
        assert connection.execute("SELECT usesuper FROM pg_user WHERE usename = current_user").fetchone() == (False,)


def test_its_log_tells_nothing_of_what_people_wrote(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.create_database("quiet"), autocommit=True) as connection:
        connection.execute("CREATE TABLE said (words text PRIMARY KEY)")
        connection.execute("INSERT INTO said VALUES ('my own words')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO said VALUES ('my own words')")

    assert "my own words" not in postgres.child.log.read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
def test_started_by_root_it_runs_as_another_user_even_below_a_folder_that_only_root_may_enter(
    private: Path,
) -> None:
    with EmbeddedPostgres(private / "postgres", free_port(), durable=False) as postgres:
        remember(postgres.create_database("journal"))
        assert psutil.Process(postgres.child.pid).uids().effective != 0

    assert private.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
def test_programs_below_such_a_folder_are_reached_too(private: Path) -> None:
    program = private / "program"
    program.touch(0o700)
    identity = identity_to_reach([program], private / "no-data-yet")
    asked = "import os, sys; print(os.getuid(), os.access(sys.argv[1], os.X_OK))"

    command = launched([sys.executable, "-I", "-S", "-c", asked, str(program)], signal.SIGTERM, identity)

    assert identity is not None
    assert subprocess.check_output(command, text=True) == f"{identity.uid} True\n"
