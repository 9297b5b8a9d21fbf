"""Access to one client for somebody of another team."""

from shared.storage.migrations import run_beside

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_beside(__file__)
