"""Messages that are not about a meeting."""

from shared.storage.migrations import run_beside

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_beside(__file__)
