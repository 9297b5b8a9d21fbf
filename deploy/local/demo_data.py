"""Runs `python -m deploy.local.demo`, which fills the services through their own doors, and shows what it says."""

import asyncio
import signal
import sys
from collections.abc import Mapping

from deploy.local.child import launched
from deploy.local.places import LOG, ROOT
from deploy.local.said import say


async def make_demo_data(environment: Mapping[str, str]) -> bool:
    """False if it failed: the services run all the same, and its log says why."""
    command = launched([sys.executable, "-m", "deploy.local.demo"], signal.SIGTERM, None)
    log = LOG / "demo.log"
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=errors, cwd=ROOT, env=environment, start_new_session=True
        )
        try:
            code = await _finished(process)
        finally:
            if process.returncode is None:
                process.kill()
    if code != 0:
        say(
            f"The demo data could not be made (exit code {code}), the rest runs. "
            f"{log} ends with:\n{_end(log.read_text())}"
        )
    return code == 0


async def _finished(process: asyncio.subprocess.Process) -> int:
    if process.stdout is not None:
        async for line in process.stdout:
            say(line.decode(errors="replace").rstrip())
    return await process.wait()


def _end(text: str) -> str:
    return "\n".join(text.splitlines()[-12:])
