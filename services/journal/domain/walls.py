"""Whose attendance a keyworker may see (2-architecture, decision 4)."""

from services.journal.domain.clients import Client


def same_provider(client: Client, provider: str) -> bool:
    return client.provider == provider


def same_team(client: Client, team: str | None, *, leads: bool) -> bool:
    """A keyworker sees the clients of their team, a team lead the whole provider's."""
    return leads or client.team == team
