"""What a provider knows of meetings for itself: local knowledge, concerns, pauses, areas; and what nobody found."""

from shared.storage.migrations import run_beside

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_beside(__file__)
