"""Who is to be kept apart."""

from shared.storage.migrations import run_beside

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_beside(__file__)
