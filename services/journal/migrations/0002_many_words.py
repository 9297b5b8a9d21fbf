"""More words about one evening than a smallint counts."""

from shared.storage.migrations import run_beside

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_beside(__file__)
