"""Whether a client agreed to be in the treatment return: a consent of its own."""

from shared.storage.migrations import run_beside

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_beside(__file__)
