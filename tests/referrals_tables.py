"""All of referrals' own tables, by the same SQL in the same order as its migrations run it; shared ones not."""

from pathlib import Path

_SERVICE = Path(__file__).parents[1] / "services" / "referrals"
_FIRST, *_LATER = sorted((_SERVICE / "migrations").glob("*.sql"))
_ROOMS = (
    _SERVICE / "directory" / "tables.sql",
    _SERVICE / "systems" / "tables.sql",
    _SERVICE.parents[1] / "shared" / "fhir" / "tables.sql",
)

REFERRALS_TABLES = b"\n".join(file.read_bytes() for file in (_FIRST, *_ROOMS, *_LATER))
