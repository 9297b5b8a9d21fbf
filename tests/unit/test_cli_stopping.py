"""Ctrl-C in a command: what was done and what was not, instead of only that it was aborted."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

IMPORT = ("directory", "import", "--feed", "f", "--time-zone", "Europe/London", "--format", "csv")


@contextmanager
def somebody_who_never_answers(*, until: bytes) -> Iterator[tuple[int, threading.Event]]:
    """A port, and what is set once `until` has been heard there; it reads no further."""
    heard = threading.Event()

    def listen() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.settimeout(20)
            said = b""
            while until not in said and (part := connection.recv(4096)):
                said += part
            heard.set()
            done.wait(20)

    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield listening.getsockname()[1], heard
        finally:
            done.set()
            thread.join()


def interrupted(command: tuple[str, ...], *, until: bytes) -> subprocess.CompletedProcess[str]:
    with somebody_who_never_answers(until=until) as (port, heard):
        address = {"REFERRALS_URL": f"http://127.0.0.1:{port}", "FAMALINK_TOKEN": "t"}
        with subprocess.Popen(
            [sys.executable, "-m", "shared.cli", *command],
            env={**os.environ, **address},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as started:
            assert heard.wait(20)
            said, why = _pressed_until_it_ends(started)
        return subprocess.CompletedProcess(command, started.returncode, said, why)


def _pressed_until_it_ends(started: subprocess.Popen[str]) -> tuple[str, str]:
    """As somebody does: what is pressed while Python collects garbage is lost."""
    for _ in range(10):
        started.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return started.communicate(timeout=2)
    raise AssertionError("It did not end.")


def test_an_import_that_was_sent_goes_on_and_says_where_to_look(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"id,name\n")
    done = interrupted((*IMPORT, str(file)), until=b"id,name")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Stopped after all of it was sent: the service goes on with it." in done.stderr


def test_an_import_that_was_sent_in_part_did_nothing(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"x" * 30_000_000)
    done = interrupted((*IMPORT, str(file)), until=b"xxx")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Stopped before all of it was sent: nothing was imported." in done.stderr


def test_what_only_reads_changed_nothing() -> None:
    done = interrupted(("directory", "sources", "list"), until=b"GET")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: Stopped. Nothing was changed.\n"
