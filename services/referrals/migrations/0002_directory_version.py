"""The directory counts its changes, for the index of it that each instance keeps in memory."""

from shared.storage.migrations import run_beside

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_beside(__file__)
