"""Feeds fetched from an address on a schedule, and imports as jobs with progress."""

from shared.storage.migrations import run_beside

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_beside(__file__)
