"""How a service is reached and whom it lets in, from the environment that its settings hand over."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

_OFFSETS = {"referrals": 1, "journal": 2, "reminders": 3}
_CHECKOUT = Path(__file__).resolve().parents[2]


class WrongSetting(ValueError):
    """A setting that is missing or cannot be: names it and says what it should be."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`addresses` are what browsers and programs use: service → URL without a slash at its end."""

    service: str
    host: str
    port: int
    addresses: Mapping[str, str]
    sign_in_issuer: str
    sign_in_client_id: str
    allow_development_sign_in: bool
    state_dir: Path
    node_modules: Path

    @classmethod
    def read(cls, service: str, environment: Mapping[str, str]) -> "WebSettings":
        """HOST, FAMALINK_PORT_BASE, <SERVICE>_URL, SIGN_IN_ISSUER, SIGN_IN_CLIENT_ID, ALLOW_DEVELOPMENT_SIGN_IN,
        STATE_DIR, NODE_MODULES."""
        first = _port_base(environment)
        settings = cls(
            service=service,
            host=environment.get("HOST", "127.0.0.1"),
            port=first + _OFFSETS[service],
            addresses={name: _address(environment, name, first + offset) for name, offset in _OFFSETS.items()},
            sign_in_issuer=_url("SIGN_IN_ISSUER", environment.get("SIGN_IN_ISSUER", "")),
            sign_in_client_id=environment.get("SIGN_IN_CLIENT_ID", "famalink"),
            allow_development_sign_in=environment.get("ALLOW_DEVELOPMENT_SIGN_IN", "") == "yes",
            state_dir=Path(environment.get("STATE_DIR", _CHECKOUT / ".famalink" / "run")),
            node_modules=Path(environment.get("NODE_MODULES", _CHECKOUT / "node_modules")),
        )
        settings.refuse_open_door()
        return settings

    @property
    def development(self) -> bool:
        """Whether sign-in is a development one: what has no TLS proves nothing about who signed in."""
        return self.sign_in_issuer.startswith("http:")

    def refuse_open_door(self) -> None:
        """A development sign-in lets anybody in, so it counts only where nobody else can come: on loopback."""
        at_home = is_loopback(self.host) and is_loopback(urlsplit(self.sign_in_issuer).hostname or "")
        if self.development and not (at_home or self.allow_development_sign_in):
            raise WrongSetting(
                f"SIGN_IN_ISSUER={self.sign_in_issuer} is a development sign-in: anybody can be anyone. It is taken "
                f"only when it and this service (HOST={self.host}) are on loopback, or with "
                "ALLOW_DEVELOPMENT_SIGN_IN=yes."
            )


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _port_base(environment: Mapping[str, str]) -> int:
    text = environment.get("FAMALINK_PORT_BASE") or "8400"
    if not text.isdecimal() or not 1024 <= int(text) <= 65_000:
        raise WrongSetting(f"FAMALINK_PORT_BASE={text} is not a port from 1024 to 65000.")
    return int(text)


def _address(environment: Mapping[str, str], service: str, port: int) -> str:
    name = f"{service.upper()}_URL"
    return _url(name, environment.get(name, f"http://localhost:{port}")).rstrip("/")


def _url(name: str, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise WrongSetting(f"{name}={text} is not a URL such as https://sign-in.example.")
    return text
