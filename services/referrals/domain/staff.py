"""Who works here, as far as a client can be in their hands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colleague:
    """`name` and `team` as the sign-in provider says them, if it does. `roles` are sorted."""

    sub: str
    team: str | None
    name: str | None
    roles: list[str]

    @property
    def shown(self) -> str:
        """What colleagues call them."""
        return self.name or self.sub
