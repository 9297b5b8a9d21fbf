"""What keeps the local run from starting is said in a way that tells what to do."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.lock import only_runner
from deploy.local.problems import CannotStart, free_port, out_of_space, require_free_port, require_space
from deploy.local.settings import Ports, Settings


def run(state: Path, port_base: int) -> subprocess.CompletedProcess[str]:
    """The runner itself, as `make run` calls it."""
    environment = os.environ | {"FAMALINK_STATE": str(state), "FAMALINK_PORT_BASE": str(port_base)}
    command = [sys.executable, "-m", "deploy.local"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_in_use_is_named_with_the_setting_that_moves_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        base = Ports(other.getsockname()[1] - 2).base
        answer = run(tmp_path, base)

    assert answer.returncode == 1
    assert f"Port {base + 2} (journal) is in use" in answer.stderr
    assert "FAMALINK_PORT_BASE" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_second_runner_is_refused_and_told_of_the_first(tmp_path: Path) -> None:
    with only_runner(tmp_path / "run" / "runner.lock"):
        answer = run(tmp_path, 20_000)

    assert answer.returncode == 1
    assert f"already runs from this checkout (process {os.getpid()})" in answer.stderr


def test_a_runner_that_is_about_to_end_is_waited_for(tmp_path: Path) -> None:
    lock = tmp_path / "runner.lock"
    with only_runner(lock) as first:
        first.say("stopping")
        waiting = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import sys; from pathlib import Path; from deploy.local.lock import only_runner\n"
                "with only_runner(Path(sys.argv[1])): print('mine now')",
                str(lock),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1)
    assert waiting.communicate(timeout=10)[0] == "mine now\n"


def test_too_little_space_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"MB left and Famalink wants 1073741824 MB.*make reset"):
        require_space(tmp_path, needed=1024**5)


def test_a_disk_that_fills_up_is_told_from_other_problems() -> None:
    assert "is full" in str(out_of_space(OSError(errno.ENOSPC, "No space left on device", "/somewhere/log")))
    assert out_of_space(OSError(errno.EACCES, "Permission denied")) is None


def test_a_port_that_was_just_let_go_is_free() -> None:
    port = free_port()
    require_free_port(port, "anything")


@pytest.mark.parametrize("text", ["eight", "80", "70000", "-8400"])
def test_a_port_base_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(CannotStart, match="FAMALINK_PORT_BASE"):
        Settings.read({"FAMALINK_PORT_BASE": text})


def test_your_own_kafka_and_databases_are_used_instead_of_embedded_ones() -> None:
    settings = Settings.read(
        {"KAFKA_BOOTSTRAP_SERVERS": "kafka.example:9092", "JOURNAL_DATABASE_URL": "postgresql://x/j"}
    )

    environment = settings.environment({"REFERRALS_DATABASE_URL": "postgresql://embedded/referrals"})
    assert environment["KAFKA_BOOTSTRAP_SERVERS"] == "kafka.example:9092"
    assert environment["JOURNAL_DATABASE_URL"] == "postgresql://x/j"
    assert environment["REFERRALS_DATABASE_URL"] == "postgresql://embedded/referrals"
    assert "JOURNAL_DATABASE_URL" not in settings.embedded_databases
    assert settings.embedded_databases["JOURNAL_KEYS_DATABASE_URL"] == "journal_keys"
