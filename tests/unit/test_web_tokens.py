"""Which bearers are believed."""

import base64
from collections.abc import Mapping
from time import time
from typing import Any

import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.web.claims import person_of, system_of
from shared.web.identity import Person, System
from shared.web.keysets import KeySet
from shared.web.problems import Unauthorised
from shared.web.tokens import Issuer, Tokens
from tests.unit.web_builder import KAY, SYSTEMS, TestIssuer

people = TestIssuer()
systems = TestIssuer(SYSTEMS, "two")


class CountedKeys:
    """Real keys that note how often they are asked for."""

    def __init__(self, jwks: Mapping[str, Any]) -> None:
        self.asked = 0
        self._keys = KeySet(jwks)

    async def key(self, key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
        self.asked += 1
        return await self._keys.key(key_id, algorithm)


def tokens() -> Tokens:
    return Tokens(
        {
            people.issuer: Issuer(KeySet(people.jwks), person_of),
            systems.issuer: Issuer(KeySet(systems.jwks), system_of),
        }
    )


async def refusal(token: str) -> str:
    with pytest.raises(Unauthorised) as refused:
        await tokens().caller(token)
    assert refused.value.headers["WWW-Authenticate"].startswith('Bearer error="invalid_token"')
    return refused.value.errors[0].code


async def test_a_person_is_who_the_provider_says() -> None:
    assert await tokens().caller(people.person(name="Kay Keyworker")) == KAY


async def test_a_role_that_nobody_knows_counts_nothing() -> None:
    caller = await tokens().caller(people.person(roles=["keyworker", "emperor", 7]))
    assert isinstance(caller, Person)
    assert caller.roles == {"keyworker"}


async def test_a_system_is_what_referrals_says() -> None:
    token = systems.system("attendance.write events.read", source="https://a.example", reports_as="emitter")
    scopes = frozenset({"attendance.write", "events.read"})
    assert await tokens().caller(token) == System("demo-emitter", "X99", scopes, "https://a.example", "emitter")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"exp": int(time()) - 60}, "token-expired"),
        ({"exp": None}, "token-incomplete"),
        ({"exp": "soon"}, "token-invalid"),
        ({"nbf": int(time()) + 86_400}, "token-not-yet"),  # counted from when tests are collected
        ({"aud": "somebody-else"}, "token-audience"),
        ({"aud": None}, "token-incomplete"),
        ({"iss": "https://stranger.example"}, "token-issuer"),
        ({"iss": None}, "token-issuer"),
        ({"sub": None}, "token-incomplete"),
        ({"provider": None}, "token-incomplete"),
        ({"provider": ""}, "token-incomplete"),
        ({"provider": ["X99"]}, "token-incomplete"),
        ({"roles": "keyworker"}, "token-incomplete"),
        ({"team": 5}, "token-incomplete"),
    ],
)
async def test_a_token_that_says_something_wrong_is_refused(changed: dict[str, object], code: str) -> None:
    assert await refusal(people.person(**changed)) == code


@pytest.mark.parametrize("text", ["x", "a.b.c", "", "null", "ey.ey.ey", "é.é.é", "." * 10])
async def test_what_is_no_token_is_malformed(text: str) -> None:
    assert await refusal(text) == "token-malformed"


async def test_a_token_signed_with_another_key_of_the_same_name_is_refused() -> None:
    assert await refusal(TestIssuer(people.issuer, people.key_id).person()) == "token-signature"


async def test_a_token_signed_with_a_key_that_is_not_published_is_refused() -> None:
    assert await refusal(TestIssuer(people.issuer, "unknown").person()) == "token-key"


async def test_one_issuer_cannot_speak_for_another() -> None:
    """Referrals' key must not make a person, nor the sign-in provider's a system."""
    assert await refusal(TestIssuer(people.issuer, systems.key_id, systems.key).person()) == "token-key"
    assert await refusal(TestIssuer(systems.issuer, people.key_id, people.key).system("a")) == "token-key"


async def test_a_token_without_a_signature_is_refused() -> None:
    claims = {"iss": people.issuer, "aud": "famalink", "sub": "kay", "roles": [], "provider": "X99", "exp": 2**40}
    assert await refusal(jwt.encode(claims, None, "none")) == "token-algorithm"  # type: ignore[arg-type]


async def test_a_public_key_is_no_shared_secret() -> None:
    """The old confusion: HS256 keyed with what everybody can fetch."""
    header = _part({"alg": "HS256", "kid": people.key_id})
    body = _part({"iss": people.issuer, "aud": "famalink", "sub": "kay", "exp": 2**40})
    assert await refusal(f"{header}.{body}.{_part({})}") == "token-algorithm"


async def test_an_rsa_signature_under_an_elliptic_key_is_refused() -> None:
    stranger = rsa.generate_private_key(65537, 2048)
    claims = {"iss": people.issuer, "aud": "famalink", "sub": "kay", "exp": 2**40}
    assert await refusal(jwt.encode(claims, stranger, "RS256", headers={"kid": people.key_id})) == "token-key"


async def test_a_verified_token_costs_no_second_verification() -> None:
    keys = CountedKeys(people.jwks)
    door, token = Tokens({people.issuer: Issuer(keys, person_of)}), people.person()
    for _ in range(5):
        await door.caller(token)
    assert keys.asked == 1


async def test_a_remembered_token_expires_all_the_same() -> None:
    door, token = tokens(), people.person(exp=int(time()) - 29)
    await door.caller(token)  # within what clocks may differ
    later = people.person(exp=int(time()) - 31)
    with pytest.raises(Unauthorised):
        await door.caller(later)


async def test_no_more_tokens_are_remembered_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.web.tokens._REMEMBERED", 3)
    keys = CountedKeys(people.jwks)
    door = Tokens({people.issuer: Issuer(keys, person_of)})
    used, others = people.person(sub="kay"), [people.person(sub=f"p{number}") for number in range(5)]
    for token in others:
        await door.caller(used)
        await door.caller(token)
    assert keys.asked == 6  # the one in use stayed
    await door.caller(others[0])
    assert keys.asked == 7


def _part(content: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(content)).decode().rstrip("=")
