"""Who is to be kept apart."""

from shared.storage.migrations import run_beside

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_beside(__file__)
