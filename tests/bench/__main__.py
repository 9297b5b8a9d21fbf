"""`make bench`: what Famalink promises of its speed, as ratios in one run. Prints a table, writes the whole as JSON.

Each part but `choosing` compares the product with the least that could do the job with the same libraries, on the same
Kafka and PostgreSQL, in turns. Numbers of this machine are its own; the ratios are what counts.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from time import perf_counter
from typing import Any

from deploy.local.kafka import EmbeddedKafka
from deploy.local.places import STATE
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.problems import free_port
from tests.bench import choosing, fhir, journal, latency, referrals

PARTS: dict[str, Callable[[str, EmbeddedPostgres], dict[str, Any]]] = {
    "journal": journal.measure,
    "referrals": referrals.measure,
    "fhir": lambda _, postgres: fhir.measure(postgres),
    "latency": latency.measure,
    "choosing": lambda _, postgres: choosing.measure(postgres),
}


def main() -> int:
    arguments = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, epilog="Example: python -m tests.bench journal fhir"
    )
    arguments.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all unless given")
    arguments.add_argument("--json", type=Path, default=STATE / "bench.json", help="where the whole is written")
    asked = arguments.parse_args()
    results = _measured(asked.parts or list(PARTS))
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps(results, indent=2) + "\n")
    _print_table(results)
    print(f"\nThe whole: {asked.json}")
    return 0


def _measured(parts: list[str]) -> dict[str, Any]:
    results: dict[str, Any] = {}
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # new topics have no leader for a moment
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        kafka = EmbeddedKafka(place / "kafka", free_port(), free_port())
        postgres_server = EmbeddedPostgres(place / "postgres", free_port())
        with kafka, postgres_server as postgres, Path(os.devnull).open("w") as devnull:
            for part in parts:
                began = perf_counter()
                print(f"{part}…", end=" ", flush=True, file=sys.stderr)
                with redirect_stdout(devnull):  # what services log meanwhile
                    results[part] = PARTS[part](kafka.bootstrap_servers, postgres)
                print(f"{perf_counter() - began:.0f} s", flush=True, file=sys.stderr)
    return results


def _print_table(results: dict[str, Any]) -> None:
    """A line per way: how fast, what it costs of service and database, its ratio and what is promised of it."""
    row = "{:<28} {:>12} {:>12} {:>12} {:>8} {:>9}"
    print(row.format("", "per second", "µs service", "µs database", "ratio", "promised"))
    for part, result in results.items():
        for way, figures in result["ways"].items():
            numbers = [figures.get(name) for name in ("per_second", "cpu_service", "cpu_database")]
            texts = ["" if number is None else f"{number:,.0f}" for number in numbers]
            print(row.format(f"{part} {way}", *texts, *_ratio(result, way)))
    for part, result in results.items():
        for line in result.get("notes", ()):
            print(f"{part}: {line}")


def _ratio(result: dict[str, Any], way: str) -> tuple[str, str]:
    ratio, promised = result["ratios"].get(way), result["promised"].get(way)
    if ratio is None or promised is None:
        return "", ""
    return f"{ratio:.2f}", f"{'≥' if ratio >= promised else '> MISSED'} {promised:.2f}"


if __name__ == "__main__":
    sys.exit(main())
