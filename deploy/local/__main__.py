"""`python -m deploy.local`: Famalink on one machine, until Ctrl-C."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from deploy.local.demo_data import make_demo_data
from deploy.local.keys import make_master_keys
from deploy.local.launch import PR_SET_PDEATHSIG, prctl
from deploy.local.lock import Held, only_runner
from deploy.local.mail import mail_catcher
from deploy.local.places import LOG, MAIL, RUN, STATE
from deploy.local.problems import CannotStart, out_of_space, require_free_port, require_space
from deploy.local.run import LocalRun, end_leftovers
from deploy.local.said import elapsed, say, tell
from deploy.local.settings import SERVICES, Settings

READY = """\
Famalink is ready ({seconds:.1f} s after the start; the three services take {megabytes:.0f} MB together)
  referrals   http://localhost:{referrals}   /fhir, /api for pathways and the directory
  journal     http://localhost:{journal}   attendance events at /events, /api
  reminders   http://localhost:{reminders}   contact preferences, /api
  sign-in     http://localhost:{sign_in}   fictional people: kay, sam, tess, rory, zoe, otto
  each service also has /ops, /docs, /metrics and /health/ready
  Kafka       {kafka}
  mail        {mail}
  logs        {log}
Ctrl-C stops all of it; the next `make run` finds its data again."""


def main() -> int:
    arguments = _arguments()
    if arguments.end_with_parent and sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    try:
        settings = Settings.read()
        require_space(STATE)
        with only_runner(RUN / "runner.lock") as held:
            asyncio.run(live(settings, held, demo_data=arguments.demo_data))
    except (CannotStart, OSError, ExceptionGroup) as problem:
        print(f"\n{_explanation(problem)}", file=sys.stderr, flush=True)
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("--end-with-parent", action="store_true", help="stop when the process that started it ends")
    parser.add_argument("--no-demo-data", dest="demo_data", action="store_false", help="leave the services empty")
    return parser.parse_args()


async def live(settings: Settings, held: Held, *, demo_data: bool) -> None:
    """From the start to Ctrl-C, SIGTERM or a problem. Whatever happens, it stops what it started."""
    say("Famalink starts")
    end_leftovers()
    _require_free_ports(settings)
    make_master_keys()
    stop = asyncio.Event()
    run = LocalRun(settings)
    _on_signals(stop, run)
    async with mail_catcher(MAIL, settings.ports.mail):
        try:
            await _until(stop, run.start())
            await _until(stop, _serve(run, demo_data))
        finally:
            say("Famalink stops")
            held.say("stopping")
            await run.stop()


async def _serve(run: LocalRun, demo_data: bool) -> None:
    async with asyncio.TaskGroup() as together:
        together.create_task(run.keep_up())
        if demo_data:
            await make_demo_data(run.environment)
        tell(_ready(run))


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Does the work unless it is time to stop; what it raises is raised here."""
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


def _on_signals(stop: asyncio.Event, run: LocalRun) -> None:
    """The first asks for an orderly end, the second does not wait for it."""

    def asked() -> None:
        if stop.is_set():
            run.kill()
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked)


def _require_free_ports(settings: Settings) -> None:
    ports = settings.ports
    needed = {ports.of(name): name for name in SERVICES} | {ports.sign_in: "sign-in", ports.mail: "mail"}
    if settings.embedded_databases:
        needed[ports.postgres] = "PostgreSQL"
    if settings.own_kafka is None:
        needed |= {ports.kafka: "Kafka", ports.controller: "Kafka's controller"}
    for port, what in needed.items():
        require_free_port(port, what)


def _ready(run: LocalRun) -> str:
    ports = run.settings.ports
    return READY.format(
        seconds=elapsed(),
        megabytes=run.memory() / 1024**2,
        sign_in=ports.sign_in,
        kafka=run.settings.bootstrap_servers,
        mail=os.path.relpath(MAIL),
        log=os.path.relpath(LOG),
        **{name: ports.of(name) for name in SERVICES},
    )


def _explanation(problem: Exception) -> str:
    """What the person can do about it. A problem that nobody foresaw is raised as it is."""
    leaves = _leaves(problem)
    foreseen = [leaf if isinstance(leaf, CannotStart) else out_of_space(leaf) for leaf in leaves]
    if not all(foreseen):
        raise problem
    return "\n".join(str(text) for text in foreseen)


def _leaves(problem: Exception) -> list[Exception]:
    if isinstance(problem, ExceptionGroup):
        return [leaf for inner in problem.exceptions for leaf in _leaves(inner)]
    return [problem]


if __name__ == "__main__":
    sys.exit(main())
