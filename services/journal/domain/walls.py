"""Whose attendance a keyworker may see (2-architecture, decision 4)."""

from services.journal.domain.clients import Client


def same_provider(client: Client, provider: str) -> bool:
    return client.provider == provider


def same_team(client: Client, team: str | None, *, leads: bool) -> bool:
    """A team lead sees the whole provider, everybody who has no team, and others their own team."""
    return leads or client.team is None or client.team == team
