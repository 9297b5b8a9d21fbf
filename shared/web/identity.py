"""Who calls: a person who signed in, or a registered system."""

from dataclasses import dataclass

from shared.web.scopes import allows

KEYWORKER = "keyworker"
TEAM_LEAD = "team-lead"
RECOVERY_CHAMPION = "recovery-champion"
OPERATIONS = "operations"
ROLES = frozenset({KEYWORKER, TEAM_LEAD, RECOVERY_CHAMPION, OPERATIONS})


@dataclass(frozen=True, slots=True)
class Person:
    """Staff of one treatment provider. `provider` is its ODS code; `sub` is the sign-in provider's id, not a name."""

    sub: str
    roles: frozenset[str]
    provider: str
    team: str | None
    name: str | None

    @property
    def actor(self) -> str:
        """As it stands in the audit."""
        return f"person:{self.sub}"

    def has_any(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class System:
    """A registered system. `source` and `reports_as` are an emitter's: what its events may come from and claim."""

    client_id: str
    provider: str
    scopes: frozenset[str]
    source: str | None
    reports_as: str | None

    @property
    def actor(self) -> str:
        """As it stands in the audit."""
        return f"system:{self.client_id}"

    def may(self, scope: str) -> bool:
        return allows(self.scopes, scope)


Caller = Person | System
