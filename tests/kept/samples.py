"""The kept samples: one file for each event's name, of the version that the folder says."""

from pathlib import Path
from typing import Any

import orjson

from services.referrals.domain.upcasting import EVENTS, version_of
from tests.kept.filling import filled, most_codes

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "domain_events"


def kept(version: int) -> dict[str, list[dict[str, Any]]]:
    """An event's name -> its samples, as they were written."""
    return {path.stem: orjson.loads(path.read_bytes()) for path in sorted((FOLDER / f"v{version}").glob("*.json"))}


def write_missing() -> None:
    """Of events that have no file yet for today's version. One that is there is never written anew."""
    for name, kind in EVENTS.items():
        path = FOLDER / f"v{version_of(name)}" / f"{name}.json"
        if not path.exists():
            samples = [filled(kind, nth) for nth in range(most_codes(kind))]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"[\n" + b",\n".join(map(orjson.dumps, samples)) + b"\n]\n")
