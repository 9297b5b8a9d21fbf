"""Someone to go with: peer supporters, and which pathways look for one."""

from shared.storage.migrations import run_beside

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_beside(__file__)
