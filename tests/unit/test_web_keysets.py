"""Public keys of an issuer: kept while it is away, asked for again when they change."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from shared.web import keysets
from shared.web.fetching import Unreachable
from shared.web.keysets import KeySet, PublishedKeys, cache_file
from shared.web.problems import ApiProblem
from tests.unit.web_builder import PEOPLE, TestIssuer


class Publisher:
    """An issuer that can be away, and counts who asks."""

    def __init__(self, *issuers: TestIssuer) -> None:
        self.keys = [key for issuer in issuers for key in issuer.jwks["keys"]]
        self.asked = 0
        self.away = False

    async def fetch(self) -> Mapping[str, Any]:
        self.asked += 1
        if self.away:
            raise Unreachable("away")
        return {"keys": self.keys}

    def seen_from(self, directory: Path) -> PublishedKeys:
        return PublishedKeys("sign-in", PEOPLE, self.fetch, cache_file(directory, PEOPLE))


one, two = TestIssuer(key_id="one"), TestIssuer(key_id="two")


async def test_keys_are_asked_for_once(tmp_path: Path) -> None:
    publisher = Publisher(one, two)
    keys = publisher.seen_from(tmp_path)
    assert await keys.key("one", "ES256")
    assert await keys.key("two", "ES256")
    assert publisher.asked == 1


async def test_a_restart_works_while_the_issuer_is_away(tmp_path: Path) -> None:
    publisher = Publisher(one)
    await publisher.seen_from(tmp_path).key("one", "ES256")
    publisher.away = True
    assert await publisher.seen_from(tmp_path).key("one", "ES256")


async def test_an_issuer_that_was_never_reached_is_a_503_not_a_wrong_token(tmp_path: Path) -> None:
    publisher = Publisher(one)
    publisher.away = True
    with pytest.raises(ApiProblem) as refused:
        await publisher.seen_from(tmp_path).key("one", "ES256")
    assert refused.value.status == 503


async def test_a_new_key_is_found_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keysets, "_PAUSE", 0.0)
    publisher = Publisher(one)
    keys = publisher.seen_from(tmp_path)
    await keys.key("one", "ES256")
    publisher.keys = two.jwks["keys"]
    assert await keys.key("two", "ES256")
    assert await keys.key("one", "ES256") is None


async def test_strangers_with_unknown_keys_do_not_make_us_ask_each_time(tmp_path: Path) -> None:
    publisher = Publisher(one)
    keys = publisher.seen_from(tmp_path)
    for number in range(20):
        assert await keys.key(f"stranger-{number}", "ES256") is None
    assert publisher.asked == 1


async def test_a_withdrawn_key_stops_counting_after_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher = Publisher(one, two)
    keys = publisher.seen_from(tmp_path)
    assert await keys.key("one", "ES256")
    publisher.keys = two.jwks["keys"]
    assert await keys.key("one", "ES256")
    monkeypatch.setattr(keysets, "_FRESH", 0.0)
    monkeypatch.setattr(keysets, "_PAUSE", 0.0)
    assert await keys.key("one", "ES256") is None


async def test_keys_outlive_an_issuer_that_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keysets, "_FRESH", 0.0)
    monkeypatch.setattr(keysets, "_PAUSE", 0.0)
    publisher = Publisher(one)
    keys = publisher.seen_from(tmp_path)
    await keys.key("one", "ES256")
    publisher.away = True
    assert await keys.key("one", "ES256")


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", '{"issuer": "http://other", "document": {"keys": []}}'])
async def test_a_spoilt_file_is_like_none(tmp_path: Path, content: str) -> None:
    cache_file(tmp_path, PEOPLE).write_text(content)
    publisher = Publisher(one)
    publisher.away = True
    with pytest.raises(ApiProblem):
        await publisher.seen_from(tmp_path).key("one", "ES256")


def test_a_token_that_names_no_key_fits_only_if_there_is_one() -> None:
    both = {"keys": one.jwks["keys"] + two.jwks["keys"]}
    assert KeySet(one.jwks).find(None, "ES256") is not None
    assert KeySet(both).find(None, "ES256") is None


@pytest.mark.parametrize(
    "changed",
    [{"kty": "oct", "k": "c2VjcmV0"}, {"use": "enc"}, {"alg": "ES384"}, {"kty": "EC", "crv": "P-999"}, {"x": "!"}],
)
def test_a_key_that_may_not_sign_this_way_is_none(changed: dict[str, str]) -> None:
    assert KeySet({"keys": [one.jwks["keys"][0] | changed]}).find("one", "ES256") is None


@pytest.mark.parametrize("document", [{}, {"keys": []}, {"keys": ["x", None, 5]}, {"keys": 5}])
def test_a_document_without_keys_has_none(document: dict[str, Any]) -> None:
    assert KeySet(document).find("one", "ES256") is None
