"""Where the local run keeps what: all of it below `.famalink/` in the checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".famalink"
KAFKA = STATE / "kafka" / "broker"
POSTGRES = STATE / "postgres"
KEYS = STATE / "keys"
MAIL = STATE / "mail"
RUN = STATE / "run"
LOG = STATE / "log"

FORGOTTEN_BY_RESET = (KAFKA, POSTGRES, KEYS, MAIL, RUN, LOG)
"""Kafka's jars stay: they are no data, and cost a download."""
