"""Whose tokens this service takes: people's from the sign-in provider, systems' from referrals."""

from collections.abc import Mapping
from typing import Any

from shared.web.claims import person_of, system_of
from shared.web.fetching import Unreachable, get_json
from shared.web.keysets import PublishedKeys, cache_file
from shared.web.settings import WebSettings
from shared.web.tokens import Issuer, Keys


def issuers(settings: WebSettings, system_keys: Keys | None) -> Mapping[str, Issuer]:
    """By their `iss`. `system_keys` are referrals' own, where this is referrals."""
    return {
        settings.sign_in_issuer: Issuer(peoples_keys(settings), person_of),
        settings.addresses["referrals"]: Issuer(system_keys or _systems_keys(settings), system_of),
    }


def peoples_keys(settings: WebSettings) -> PublishedKeys:
    issuer = settings.sign_in_issuer

    async def fetch() -> Mapping[str, Any]:
        found = await discovered(issuer)
        return await get_json(str(found["jwks_uri"]))

    return PublishedKeys(issuer, fetch, cache_file(settings.state_dir, issuer))


def _systems_keys(settings: WebSettings) -> PublishedKeys:
    issuer = settings.addresses["referrals"]

    async def fetch() -> Mapping[str, Any]:
        return await get_json(f"{issuer}/.well-known/jwks.json")

    return PublishedKeys(issuer, fetch, cache_file(settings.state_dir, issuer))


async def discovered(issuer: str) -> Mapping[str, Any]:
    """OpenID Connect Discovery 1.0. The document must be about the issuer that was asked for."""
    document = await get_json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        raise Unreachable(f"{issuer}: its discovery document names another issuer")
    return document
