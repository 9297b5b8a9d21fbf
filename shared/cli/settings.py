"""Where services are and who asks: from the environment, else as the local run has it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.cli.failing import Failed

_OFFSETS = {"referrals": 1, "journal": 2, "reminders": 3}
_CHECKOUT = Path(__file__).resolve().parents[2]
SERVICES = tuple(_OFFSETS)


@dataclass(frozen=True, slots=True)
class Settings:
    """`addresses` by service, without a slash at the end. `state` is the local run's folder."""

    addresses: Mapping[str, str]
    sign_in: str
    bearer: str | None
    state: Path

    @property
    def demo(self) -> Path:
        return self.state / "run" / "demo.json"

    def private_key(self, system: str) -> Path:
        """A private JWK."""
        return self.state / "keys" / "systems" / f"{system}.json"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    base = _port_base(environment.get("FAMALINK_PORT_BASE") or "8400")
    addresses = {
        name: environment.get(f"{name.upper()}_URL", f"http://localhost:{base + offset}").rstrip("/")
        for name, offset in _OFFSETS.items()
    }
    return Settings(
        addresses, f"http://localhost:{base + 4}", environment.get("FAMALINK_TOKEN") or None, _state(environment)
    )


def _state(environment: Mapping[str, str]) -> Path:
    """A second local run from the same checkout is told where by FAMALINK_STATE, its processes by STATE_DIR."""
    if run := environment.get("STATE_DIR"):
        return Path(run).parent
    return Path(environment.get("FAMALINK_STATE", _CHECKOUT / ".famalink"))


def _port_base(text: str) -> int:
    if not text.isdecimal() or not 1024 <= int(text) <= 65_000:
        raise Failed(f"FAMALINK_PORT_BASE={text} is not a port from 1024 to 65000.")
    return int(text)
