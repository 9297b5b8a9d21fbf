"""All of referrals' tables: what every service has, who clients are, pathways, directory, systems, FHIR."""

from pathlib import Path

from shared.storage.migrations import run_beside, run_file, run_shared

revision = "0001"
down_revision = None

_SERVICE = Path(__file__).parent.parent
_FHIR = _SERVICE.parent.parent / "shared" / "fhir" / "tables.sql"


def upgrade() -> None:
    run_shared("messaging.sql", "audit.sql")
    run_beside(__file__)
    for tables in (_SERVICE / "directory" / "tables.sql", _SERVICE / "systems" / "tables.sql", _FHIR):
        run_file(tables)
