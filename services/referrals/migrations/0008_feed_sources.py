"""Feeds fetched from an address on a schedule, and imports as jobs with progress."""

from shared.storage.migrations import run_beside

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_beside(__file__)
