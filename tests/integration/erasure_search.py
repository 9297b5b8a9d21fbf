"""Looking for somebody's words where nobody should find them: in files as they lie on the disk."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import psycopg

from deploy.local.postgres import EmbeddedPostgres, cluster
from deploy.local.postgres.server import ROLE


def forms(text: str) -> tuple[set[bytes], set[bytes]]:
    """As it may stand in a file. In any case: UTF-8, UTF-16, hexadecimal. And base64, at each of three offsets."""
    plain = text.lower().encode()
    shifted = [base64.b64encode(b"\0" * offset + text.encode()) for offset in range(3)]
    # Without the ends, which depend on what stands beside it.
    return {plain, text.lower().encode("utf-16-le"), plain.hex().encode()}, {
        shifted[0][:-4],
        shifted[1][2:-4],
        shifted[2][4:-4],
    }


def found(words: Mapping[str, str], files: Iterable[Path]) -> dict[str, set[str]]:
    """Which of these words (by name) stand in which files, each file read once."""
    wanted = [(name, *forms(text)) for name, text in words.items()]
    hits: dict[str, set[str]] = {}
    for file in files:
        content = _content(file)
        lower = content.lower()
        for name, in_any_case, as_it_is in wanted:
            if any(form in lower for form in in_any_case) or any(form in content for form in as_it_is):
                hits.setdefault(name, set()).add(str(file))
    return hits


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:  # a segment of the log that was just recycled
        return b""


def database_files(postgres: EmbeddedPostgres, urls: Iterable[str], since: float) -> list[Path]:
    """Heaps and indexes of these databases after a checkpoint, and the write-ahead log of all: what was written since.

    `since`: seconds since the epoch, before anything was told. A file left alone since then holds nothing of it.
    """
    names = [url.rpartition("/")[2] for url in urls]
    with psycopg.connect(
        postgres.url("postgres").replace(f"//{ROLE}:", f"//{cluster.SUPERUSER}:"), autocommit=True
    ) as superuser:
        superuser.execute("CHECKPOINT")
        rows = superuser.execute("SELECT oid FROM pg_database WHERE datname = ANY(%s)", (names,)).fetchall()
    assert len(rows) == len(names)
    folders = [postgres.data / "base" / str(oid) for (oid,) in rows]
    files = [file for folder in (*folders, postgres.data / "pg_wal") for file in _files(folder)]
    return [file for file in files if file.stat().st_mtime >= since]


def segments(kafka: Path, prefix: str) -> list[Path]:
    """Every record of every partition of these topics."""
    return sorted((kafka / "data").glob(f"{prefix}*/*.log"))


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


def rows_naming(url: str, texts: Iterable[str]) -> set[str]:
    """Tables with a row in which one of these ids stands, as an id, as text or within bytes."""
    named = set()
    with psycopg.connect(url, autocommit=True) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            content = " ".join(row for (row,) in connection.execute(f"SELECT t::text FROM {table} t".encode()))
            if any(form in content for text in texts for form in (text, text.encode().hex())):
                named.add(table)
    return named
