"""The two systems of the README, one that reads the record, one that sees attendance; and a client's own app."""

from dataclasses import dataclass

from deploy.local.demo.doors import Doors
from shared.cli.machines import make_private_key, public_key

SOURCE = "https://check-in.example/harrowmere"


@dataclass(frozen=True, slots=True)
class DemoSystem:
    name: str
    scopes: tuple[str, ...]
    source: str | None = None
    reports_as: str | None = None

    def caller(self, scope: str) -> str:
        return f"system:{self.name}:{scope}"


RECORD_SYSTEM = DemoSystem("demo-record-system", ("system/CarePlan.rs", "system/Goal.rs"))
EMITTER = DemoSystem("demo-emitter", ("attendance.write",), SOURCE, "emitter")
OWN_APP = DemoSystem("demo-own-app", ("attendance.write",), "https://own-word.example/harrowmere", "client")
"""In which clients say for themselves whether they went."""
SYSTEMS = (RECORD_SYSTEM, EMITTER, OWN_APP)
SPEAKERS = {"emitter": EMITTER, "client": OWN_APP}
"""Who sends a story's word of a meeting."""


async def register(doors: Doors, system: DemoSystem) -> None:
    """With a key of its own in the local run's folder; the same key again changes nothing."""
    key = make_private_key(doors.settings.private_key(system.name))
    body = {
        "name": system.name,
        "provider": "X99",
        "source": system.source,
        "reportsAs": system.reports_as,
        "scopes": list(system.scopes),
        "jwks": {"keys": [public_key(key)]},
    }
    await doors.call("otto", "POST", "referrals", "/api/systems", json=body)
