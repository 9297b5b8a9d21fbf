"""Bearers that nobody may be let in with, at every door that asks for one."""

from collections.abc import Callable, Mapping
from time import time

import httpx
import jwt
import pytest

from tests.integration.walls.builder import SERVICES, STAFF, World
from tests.integration.walls.doors import DOORS
from tests.unit.web_builder import PEOPLE, SYSTEMS, TestIssuer, bearer, codes

KAY = {"sub": "kay", **STAFF["kay"]}
CHECK_IN = {"sub": "check-in", "provider": "X99", "scope": "attendance.write system/*.rs", "iss": SYSTEMS}
LONG_AGO = int(time()) - 3600
_STRANGER = TestIssuer()
"""It signs as itself, under the issuer's name and with its key's."""


def unsigned(claims: Mapping[str, object]) -> str:
    said = {"iss": PEOPLE, "aud": "famalink", "exp": int(time()) + 300, **claims}
    return jwt.encode(said, "", "none", headers={"kid": "one"})


def with_a_secret(claims: Mapping[str, object]) -> str:
    said = {"iss": PEOPLE, "aud": "famalink", "exp": int(time()) + 300, **claims}
    return jwt.encode(said, "x" * 32, "HS256", headers={"kid": "one"})


BAD: Mapping[str, Callable[[TestIssuer], str]] = {
    "no token at all": lambda _: "Robin Quillfeather",
    "expired": lambda issuer: issuer.person(**KAY, exp=LONG_AGO),
    "not valid yet": lambda issuer: issuer.person(**KAY, nbf=int(time()) + 3600),
    "never expires": lambda issuer: issuer.person(**KAY, exp=None),
    "for another audience": lambda issuer: issuer.person(**KAY, aud="another"),
    "from another issuer": lambda issuer: issuer.person(**KAY, iss="https://sign-in.example"),
    "signed with another key": lambda _: _STRANGER.person(**KAY),
    "not signed": lambda _: unsigned(KAY),
    "signed with a secret": lambda _: with_a_secret(KAY),
    "of no provider": lambda issuer: issuer.person(**{**KAY, "provider": None}),
    "of nobody": lambda issuer: issuer.person(**{**KAY, "sub": None}),
    "a system's, signed by the people's issuer": lambda issuer: issuer.signed(dict(CHECK_IN)),
    "a system's, signed with another key": lambda _: _STRANGER.signed(dict(CHECK_IN)),
    "a system's, not signed": lambda _: unsigned(CHECK_IN),
    "a system's, expired": lambda issuer: issuer.signed({**CHECK_IN, "exp": LONG_AGO}),
    "a system's, of no provider": lambda issuer: issuer.signed({**CHECK_IN, "provider": None}),
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_bearer_that_cannot_be_believed_opens_no_door(world: World, kind: str) -> None:
    who = bearer(BAD[kind](world.issuer))
    for service in SERVICES:
        for address, door in DOORS[service].items():
            if door.wall != "open":
                method, path = address.split(" ", 1)
                answer = await world.call(who, method, service, path, **door.sent)
                assert answer.status_code == 401, (kind, service, address, answer.text)
                assert _code(answer).startswith("token-"), (kind, service, address)


async def test_a_persons_token_lasts_as_long_as_it_says_also_where_it_was_believed_before(world: World) -> None:
    soon = world.issuer.person(**KAY, exp=int(time()) - 10)  # clocks may differ by half a minute
    assert (await world.call(bearer(soon), "GET", "journal", "/")).status_code == 200
    assert (await world.call(bearer(soon), "GET", "journal", "/")).status_code == 200
    over = world.issuer.person(**KAY, exp=int(time()) - 31)
    assert (await world.call(bearer(over), "GET", "journal", "/")).status_code == 401


async def test_what_referrals_issues_names_provider_and_scope_and_what_it_grants_no_more(world: World) -> None:
    token = await world.system("system/Goal.rs", provider="X98")
    claims = jwt.decode(token["Authorization"].removeprefix("Bearer "), options={"verify_signature": False})
    assert (claims["provider"], claims["scope"], claims["aud"]) == ("X98", "system/Goal.rs", "famalink")


def _code(answer: httpx.Response) -> str:
    """A problem's, or an OperationOutcome's."""
    if "issue" in answer.json():
        return str(answer.json()["issue"][0]["diagnostics"]).rpartition(" ")[2]
    return codes(answer)[0]
