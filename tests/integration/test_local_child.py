"""Children of the local run end with it, however it ends; what is left all the same is found and ended."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from deploy.local.child import Child, end_leftover, leftover

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [SLEEPS[0], "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"]
PARENT = """
import sys, time
from pathlib import Path
from deploy.local.child import Child
place = Path(sys.argv[1])
child = Child("sleeper", sys.argv[2:], record=place / "process.json", log=place / "log")
child.start()
print(child.pid, flush=True)
time.sleep(60)
"""


def sleeper(place: Path) -> Child:
    return Child("sleeper", SLEEPS, record=place / "process.json", log=place / "sleeper.log")


def became(child: Child) -> None:
    """Waits until the launcher has become the command."""
    while psutil.Process(child.pid).cmdline() != SLEEPS:
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start ends what is left")
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path), *SLEEPS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()

    gone, _ = psutil.wait_procs([child], timeout=10)
    assert gone


def test_what_an_earlier_run_left_is_found_by_its_record_and_ended(tmp_path: Path) -> None:
    child = sleeper(tmp_path)
    child.start()
    became(child)
    assert leftover(child.record) is not None

    assert end_leftover(child.record)
    assert child.exit_code() is not None


def test_a_pid_that_is_another_programs_now_is_left_alone(tmp_path: Path) -> None:
    child = sleeper(tmp_path)
    child.start()
    became(child)
    child.record.write_text(child.record.read_text().replace("sleep(60)", "sleep(61)"))

    assert not end_leftover(child.record)
    assert child.exit_code() is None
    child.stop()


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    deaf = [
        sys.executable,
        "-c",
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
    ]
    child = Child("deaf", deaf, record=tmp_path / "process.json", log=tmp_path / "deaf.log")
    child.start()
    while not child.log.read_bytes():
        time.sleep(0.01)

    child.stop(seconds=0.2)
    assert child.exit_code() == -9
    assert not child.record.exists()
