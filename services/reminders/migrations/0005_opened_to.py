"""Who of another team may see a client for some hours."""

from shared.storage.migrations import run_beside

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_beside(__file__)
