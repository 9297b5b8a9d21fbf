"""Settings of the web side, and when a development sign-in is believed."""

import pytest

from shared.web.settings import WebSettings, WrongSetting, is_loopback

LOCAL = "http://localhost:8404"


def read(**environment: str) -> WebSettings:
    return WebSettings.read("journal", {"SIGN_IN_ISSUER": LOCAL, **environment})


def test_ports_and_addresses_follow_the_port_base() -> None:
    settings = read(FAMALINK_PORT_BASE="9400")
    assert settings.port == 9402
    assert settings.addresses["referrals"] == "http://localhost:9401"


def test_an_address_that_is_set_counts_without_its_last_slash() -> None:
    assert read(REFERRALS_URL="https://referrals.example/").addresses["referrals"] == "https://referrals.example"


def test_an_issuer_is_taken_to_the_letter_as_tokens_name_it() -> None:
    assert read(SIGN_IN_ISSUER="https://trust.example/").sign_in_issuer == "https://trust.example/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIGN_IN_ISSUER", ""),
        ("SIGN_IN_ISSUER", "trust.example"),
        ("SIGN_IN_ISSUER", "ftp://trust.example"),
        ("FAMALINK_PORT_BASE", "eighty"),
        ("FAMALINK_PORT_BASE", "80"),
        ("JOURNAL_URL", "https://"),
        ("JOURNAL_URL", "https://journal.example/?a=b"),
    ],
)
def test_a_setting_that_cannot_be_is_named(name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        read(**{name: value})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.9"])
def test_development_sign_in_is_taken_where_only_this_machine_comes(host: str) -> None:
    assert read(HOST=host).development


@pytest.mark.parametrize(
    ("host", "issuer"),
    [("0.0.0.0", LOCAL), ("::", LOCAL), ("10.0.0.5", LOCAL), ("127.0.0.1", "http://sign-in.example")],  # noqa: S104
)
def test_development_sign_in_is_refused_elsewhere_unless_it_is_allowed(host: str, issuer: str) -> None:
    with pytest.raises(WrongSetting, match="ALLOW_DEVELOPMENT_SIGN_IN"):
        read(HOST=host, SIGN_IN_ISSUER=issuer)
    with pytest.raises(WrongSetting, match="ALLOW_DEVELOPMENT_SIGN_IN"):
        read(HOST=host, SIGN_IN_ISSUER=issuer, ALLOW_DEVELOPMENT_SIGN_IN="no")
    assert read(HOST=host, SIGN_IN_ISSUER=issuer, ALLOW_DEVELOPMENT_SIGN_IN="yes").development


def test_a_provider_with_tls_is_taken_everywhere_and_is_no_development_one() -> None:
    assert not read(HOST="0.0.0.0", SIGN_IN_ISSUER="https://trust.example").development  # noqa: S104


@pytest.mark.parametrize("host", ["example.com", "10.0.0.1", "localhost.example.com", "", "127.0.0.1.nip.io"])
def test_what_only_looks_like_loopback_is_not(host: str) -> None:
    assert not is_loopback(host)
