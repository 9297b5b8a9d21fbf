"""Where the public keys are of those whose tokens count: the sign-in provider for people, referrals for systems."""

from collections.abc import Mapping
from typing import Any

from shared.web.fetching import Unreachable, get_json
from shared.web.keysets import PublishedKeys, cache_file
from shared.web.settings import WebSettings


def peoples_keys(settings: WebSettings) -> PublishedKeys:
    issuer = settings.sign_in_issuer

    async def fetch() -> Mapping[str, Any]:
        found = await discovered(issuer)
        return await get_json(str(found["jwks_uri"]))

    return PublishedKeys("sign-in", issuer, fetch, cache_file(settings.state_dir, issuer))


def systems_keys(settings: WebSettings) -> PublishedKeys:
    issuer = settings.addresses["referrals"]

    async def fetch() -> Mapping[str, Any]:
        return await get_json(f"{issuer}/.well-known/jwks.json")

    return PublishedKeys("referrals", issuer, fetch, cache_file(settings.state_dir, issuer))


async def discovered(issuer: str) -> Mapping[str, Any]:
    """OpenID Connect Discovery 1.0. Raises `Unreachable`, also for a document about another issuer or half of one."""
    document = await get_json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        raise Unreachable(f"{issuer}: its discovery document names another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(document.get(name), str):
            raise Unreachable(f"{issuer}: its discovery document lacks {name}")
    return document
