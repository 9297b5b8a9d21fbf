"""Asks an issuer for a document. The only HTTP that services speak to each other: sign-in and its public keys."""

import ssl
from typing import Any

import httpx

from shared.web.problems import ApiProblem

_PATIENCE = 5.0


class Unreachable(Exception):
    """The issuer did not answer, or not with what it should."""


async def get_json(url: str) -> dict[str, Any]:
    try:
        async with _client(url) as client:
            return _object(await client.get(url, headers={"Accept": "application/json"}))
    except httpx.HTTPError as error:
        raise Unreachable(f"{url}: {type(error).__name__}") from error


async def post_form(url: str, form: dict[str, str]) -> dict[str, Any]:
    try:
        async with _client(url) as client:
            return _object(await client.post(url, data=form, headers={"Accept": "application/json"}))
    except httpx.HTTPError as error:
        raise Unreachable(f"{url}: {type(error).__name__}") from error


def away(what: str) -> ApiProblem:
    return ApiProblem(503, f"{what} cannot be reached", headers={"Retry-After": "5"})


def _client(url: str) -> httpx.AsyncClient:
    # Certificates are read from disk (20 ms, 3 MB) when a client is made, so only where TLS is spoken.
    verify = ssl.create_default_context() if url.startswith("https:") else False
    return httpx.AsyncClient(timeout=_PATIENCE, verify=verify, trust_env=False)


def _object(response: httpx.Response) -> dict[str, Any]:
    if response.status_code != 200:
        raise Unreachable(f"{response.url}: HTTP {response.status_code}")
    try:
        found = response.json()
    except ValueError:
        raise Unreachable(f"{response.url}: not JSON") from None
    if not isinstance(found, dict):
        raise Unreachable(f"{response.url}: not a JSON object")
    return found
