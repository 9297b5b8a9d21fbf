"""Whose an event is: a person belongs to one provider, and what another says of them is not applied (decision 4)."""

from typing import Any

from shared.events.envelope import Event
from shared.problems import Problem, Refused


class ForeignProvider(Refused):
    """Parked with this reason where the client's own provider, the `owner`, sees it; the other one learns nothing."""

    def __init__(self, owner: str) -> None:
        reason = "The event names another provider than the client's; nothing was changed."
        super().__init__(Problem("provider", "foreign-provider", reason))
        self.owner = owner


def require_provider(event: Event[Any], owner: str) -> None:
    """`owner`: the provider of the client that the event is about."""
    if event.provider != owner:
        raise ForeignProvider(owner)
