"""Numbered, linear revisions in plain SQL, run by Alembic in a process of its own before a service starts."""

from pathlib import Path

import psycopg

SHARED_SQL = Path(__file__).parent.parent / "sql"
LOCK = 0x66616D61  # "fama": two processes that migrate the same database take turns


def run_shared(*names: str) -> None:
    """Tables that every service has: files of `shared/storage/sql`."""
    for name in names:
        run_file(SHARED_SQL / name)


def run_beside(revision_file: str) -> None:
    """The SQL file beside a revision, of the same name."""
    run_file(Path(revision_file).with_suffix(".sql"))


def run_file(path: Path) -> None:
    # Imported here: only the migrating process pays for Alembic and SQLAlchemy.
    from alembic import op

    # exec_driver_sql, not text(): text() takes `:x` for a parameter.
    op.get_bind().exec_driver_sql(path.read_text(encoding="utf-8"))


def migrate(revisions: Path, url: str) -> None:
    """Brings the database at `url` to that folder's newest revision; one that is there already is left at once."""
    if _standing(url) == _newest(revisions):
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("version_locations", str(revisions))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    command.upgrade(config, "head")


def _newest(revisions: Path) -> str:
    return max(path.name[:4] for path in revisions.glob("[0-9]*.py"))


def _standing(url: str) -> str | None:
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
        if known is None or known[0] is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None
