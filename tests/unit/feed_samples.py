"""The feeds that the tests read, and reading them."""

from datetime import date
from pathlib import Path

from services.referrals.feeds import Parsed, parse

ROOT = Path(__file__).parents[2]
REAL = ROOT / "deploy" / "local" / "demo"
SMALL = ROOT / "tests" / "fixtures" / "feeds"
TODAY = date(2026, 11, 22)


def read(format_: str, body: bytes, *, formats: bytes | None = None, time_zone: str = "Europe/London") -> Parsed:
    return parse(format_, body, feed="test", time_zone=time_zone, on=TODAY, formats=formats)


def new_york() -> Parsed:
    formats = (REAL / "bmlt_new_york_formats.json").read_bytes()
    return read("bmlt", (REAL / "bmlt_new_york.json").read_bytes(), formats=formats, time_zone="America/New_York")


def online_aa() -> Parsed:
    return read("meeting-guide", (REAL / "meeting_guide_online_aa.json").read_bytes(), time_zone="America/New_York")


def uk_directory() -> Parsed:
    return read("csv", (REAL / "uk_directory.csv").read_bytes())
