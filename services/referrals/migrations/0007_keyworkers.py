"""Whose client it is, and who the keyworkers are."""

from shared.storage.migrations import run_beside

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_beside(__file__)
