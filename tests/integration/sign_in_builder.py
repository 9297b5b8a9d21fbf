"""The development provider as a process of its own, a service on a real port, and a browser without pictures."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from time import sleep
from typing import Literal

import httpx
import uvicorn
from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from deploy.local.problems import free_port
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.web.access import Keyworker, Staff
from shared.web.application import create_service
from shared.web.settings import WebSettings

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
router = APIRouter()


@router.get("/clients")
async def clients(person: Keyworker) -> dict[str, str | None]:
    return {"actor": person.actor, "provider": person.provider, "team": person.team, "name": person.name}


@router.get("/staff")
async def staff(person: Staff) -> str:
    return person.actor


@dataclass
class DevelopmentSignIn:
    """Can be stopped and started again under the same address and with the same key."""

    port_base: int
    directory: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port_base + 4}"

    def start(self) -> None:
        if self.process and self.process.poll() is None:
            return
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.local.sign_in"],
            env={"FAMALINK_PORT_BASE": str(self.port_base), "SIGN_IN_KEY_FILE": str(self.directory / "sign-in.pem")},
        )
        for _ in range(300):
            try:
                httpx.get(f"{self.issuer}/health/live").raise_for_status()
                return
            except httpx.TransportError:
                assert self.process.poll() is None, "the development sign-in ended by itself"
                sleep(0.05)
        raise AssertionError("the development sign-in did not start")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)


@contextmanager
def development_sign_in(directory: Path) -> Iterator[DevelopmentSignIn]:
    provider = DevelopmentSignIn(free_port() - 4, directory)
    provider.start()
    try:
        yield provider
    finally:
        provider.stop()


@asynccontextmanager
async def served(app: ASGIApp, port: int, lifespan: Literal["on", "off"] = "on") -> AsyncIterator[None]:
    """On a real port, as `serve` runs it."""
    config = uvicorn.Config(app, "127.0.0.1", port, log_config=None, access_log=False, lifespan=lifespan)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    try:
        while not server.started:
            assert not running.done(), "the service ended by itself"
            await asyncio.sleep(0.02)
        yield
    finally:
        server.should_exit = True
        await running


def signing_in(issuer: str, port: int, state_dir: Path, service: str = "journal") -> WebSettings:
    return WebSettings.read(
        service,
        {
            "SIGN_IN_ISSUER": issuer,
            "STATE_DIR": str(state_dir),
            f"{service.upper()}_URL": f"http://localhost:{port}",
        },
    )


def small_service(settings: WebSettings, master: MasterKeys, database: Database) -> FastAPI:
    return create_service(settings, title="journal", master=master, database=database, routers=[router])


def browser(address: str) -> httpx.AsyncClient:
    """Keeps cookies, follows redirects, wants pages."""
    return httpx.AsyncClient(base_url=address, headers=BROWSER, follow_redirects=True)


async def press(browser: httpx.AsyncClient, page: httpx.Response, text: str) -> httpx.Response:
    """Follows the link with this text."""
    found = re.search(rf'<a href="([^"]+)">{re.escape(text)}</a>', page.text)
    assert found, f"no link {text!r} on {page.url}"
    return await browser.get(str(page.url.join(unescape(found[1]))))
