"""Access to one client for somebody of another team."""

from shared.storage.migrations import run_beside

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_beside(__file__)
