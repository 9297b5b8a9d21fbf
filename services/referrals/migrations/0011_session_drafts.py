"""What a keyworker has written of a session and not yet saved."""

from shared.storage.migrations import run_beside

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_beside(__file__)
