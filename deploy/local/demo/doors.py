"""The services' doors, as the fictional people and systems of the local run knock on them."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import httpx

from shared.cli.failing import Failed, of_problem
from shared.cli.machines import system_token
from shared.cli.people import sign_in
from shared.cli.settings import Settings

PATIENCE = 60.0
"""Seconds for an event to get from one service to another."""
_LOOK_EVERY = 0.15
_LONGEST_CALL = 120.0
_TAKEN = range(200, 300)


@dataclass
class Doors:
    """`caller` is a person's name, or a system's with `system:` before it and its scope behind it."""

    settings: Settings
    http: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(timeout=_LONGEST_CALL, trust_env=False, follow_redirects=False)
    )
    _bearers: dict[str, str] = field(default_factory=dict)
    _signing_in: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def call(
        self,
        caller: str,
        method: str,
        service: str,
        path: str,
        *,
        also: Collection[int] = (),
        **arguments: Any,  # noqa: ANN401 - httpx's own
    ) -> httpx.Response:
        """`Failed` with the service's reasons unless it was taken, or the status is one of `also`."""
        answer = await self._send(caller, method, service, path, **arguments)
        if answer.status_code in _TAKEN or answer.status_code in also:
            return answer
        raise _failed(method, path, answer)

    async def call_until_known(
        self,
        caller: str,
        method: str,
        service: str,
        path: str,
        **arguments: Any,  # noqa: ANN401 - httpx's own
    ) -> httpx.Response:
        """The same, for who hears of a client, a meeting or a consent only by Kafka: "not known" is asked again."""
        until = monotonic() + PATIENCE
        while True:
            answer = await self._send(caller, method, service, path, **arguments)
            if answer.status_code in _TAKEN:
                return answer
            if monotonic() > until or not _may_be_on_its_way(answer):
                raise _failed(method, path, answer)
            await asyncio.sleep(_LOOK_EVERY)

    async def _send(
        self,
        caller: str,
        method: str,
        service: str,
        path: str,
        **arguments: Any,  # noqa: ANN401 - httpx's own
    ) -> httpx.Response:
        url = self.settings.addresses[service] + path
        headers = {"Authorization": f"Bearer {await self._bearer(caller)}", **arguments.pop("headers", {})}
        try:
            return await self.http.request(method, url, headers=headers, **arguments)
        except httpx.TransportError as error:
            raise Failed(f"{service} does not answer at {url} ({type(error).__name__}).") from None

    async def _bearer(self, caller: str) -> str:
        async with self._signing_in:
            if caller not in self._bearers:
                self._bearers[caller] = await asyncio.to_thread(self._token, caller)
            return self._bearers[caller]

    def _token(self, caller: str) -> str:
        if not caller.startswith("system:"):
            return sign_in(self.settings, caller)
        _, name, scope = caller.split(":", 2)
        return str(system_token(self.settings, name, scope, None)["access_token"])


async def until(what: str, look: Callable[[], Awaitable[bool]]) -> None:
    """`Failed` with `what` if it is not so within the time that events take."""
    patient_until = monotonic() + PATIENCE
    while not await look():
        if monotonic() > patient_until:
            raise Failed(f"{what}: not so within {PATIENCE:.0f} s.")
        await asyncio.sleep(_LOOK_EVERY)


def _may_be_on_its_way(answer: httpx.Response) -> bool:
    return answer.status_code in (404, 503) or "Retry-After" in answer.headers


def _failed(method: str, path: str, answer: httpx.Response) -> Failed:
    try:
        body = answer.json()
    except ValueError:
        body = None
    return Failed(f"{method} {path}: {of_problem(answer.status_code, body).message}")
