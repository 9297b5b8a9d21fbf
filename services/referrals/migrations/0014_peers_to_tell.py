"""Which peer supporters are to be told that they are no longer needed, once who they were to go with was erased."""

from shared.storage.migrations import run_beside

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_beside(__file__)
