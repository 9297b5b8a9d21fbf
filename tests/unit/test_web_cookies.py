"""Sealed cookies: read by nobody, made by nobody, ended in time."""

import base64

from starlette.requests import Request
from starlette.responses import Response

from shared.privacy.ciphers import cipher
from shared.web.cookies import SealedCookie
from shared.web.sign_in.session import Sessions
from tests.unit.web_builder import KAY, MASTER

KEY = b"k" * 32


def cookie(name: str = "famalink_journal", lifetime: int = 60, key: bytes = KEY) -> SealedCookie:
    return SealedCookie(name, cipher("journal", key), lifetime)


def test_what_was_sealed_is_read_back_and_does_not_show() -> None:
    said = {"sub": "kay-keyworker-of-north", "name": "Zoë"}  # long enough not to stand there by chance
    sealed = cookie().seal(said)
    assert "kay-keyworker" not in sealed
    assert b"kay-keyworker" not in base64.urlsafe_b64decode(sealed + "==")
    assert cookie().open(sealed) == said


def test_every_altered_letter_makes_it_worthless() -> None:
    sealed = cookie().seal({"sub": "kay"})
    for place in range(0, len(sealed) - 2, 5):
        other = "A" if sealed[place] != "A" else "B"
        assert cookie().open(sealed[:place] + other + sealed[place + 1 :]) is None


def test_a_cookie_is_worth_nothing_under_another_name_or_key() -> None:
    sealed = cookie().seal({"sub": "kay"})
    assert cookie(name="famalink_referrals").open(sealed) is None
    assert cookie(key=b"x" * 32).open(sealed) is None


def test_a_cookie_ends() -> None:
    assert cookie().open(cookie(lifetime=0).seal({"sub": "kay"})) is None


def test_nonsense_is_like_having_no_cookie() -> None:
    for text in ("", "a", "....", "AAAA", "A" * 40, "ü" * 50, "x" * 5000):
        assert cookie().open(text) is None


def test_a_session_is_readable_by_its_own_service_only() -> None:
    response = Response()
    Sessions("journal", MASTER).begin(response, KAY, secure=True)
    said = response.headers["set-cookie"]
    sent = said.partition(";")[0].encode()
    request = Request({"type": "http", "headers": [(b"cookie", sent)]})
    renamed = Request({"type": "http", "headers": [(b"cookie", sent.replace(b"_journal", b"_referrals"))]})
    assert Sessions("journal", MASTER).person(request) == KAY
    assert Sessions("referrals", MASTER).person(renamed) is None
    assert all(word in said for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=28800"))
