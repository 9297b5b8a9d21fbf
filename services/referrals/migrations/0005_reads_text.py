"""Whether a client reads text is told to those who would write to them."""

from shared.storage.migrations import run_beside

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_beside(__file__)
