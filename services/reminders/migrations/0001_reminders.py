"""Who may be written to, what they plan to go to, and what was planned and sent."""

from shared.storage.migrations import run_beside, run_shared

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_shared("messaging.sql", "audit.sql")
    run_beside(__file__)
