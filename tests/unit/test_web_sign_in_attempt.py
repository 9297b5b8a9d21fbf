"""Where a sign-in leads back to, and what ties it to its browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.sign_in.attempt import Attempt, own_path


@pytest.mark.parametrize("path", ["/", "/clients/5?tab=notes", "/ops", "/a//b", "/caf%C3%A9"])
def test_a_path_of_our_own_is_kept(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "clients",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n//evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/ok\r\nSet-Cookie: a=b",
        "/sign-in?return_to=/",
        "/sign-out",
        "/ä",
    ],
)
def test_anything_else_leads_to_the_start_page(path: str) -> None:
    assert own_path(path) == "/"


@given(st.text(alphabet="/\\\t\n :.@?#%ab", max_size=12))
def test_no_text_leads_to_another_site(text: str) -> None:
    kept = own_path(text)
    assert kept.startswith("/")
    assert not kept.startswith(("//", "/\\"))
    assert not any(sign in kept for sign in "\t\n \\")


def test_the_challenge_is_the_one_of_rfc_7636_appendix_b() -> None:
    attempt = Attempt("s", "n", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "/")
    assert attempt.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_no_two_attempts_share_a_secret() -> None:
    one, other = Attempt.new("/"), Attempt.new("/")
    assert not {one.state, one.nonce, one.verifier} & {other.state, other.nonce, other.verifier}
