"""Which colleagues see nothing of a client."""

from shared.storage.migrations import run_beside

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_beside(__file__)
