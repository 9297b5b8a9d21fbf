"""Where the local run keeps what: all of it below `.famalink/` in the checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SET_UP = ROOT / ".famalink"
"""What set-up fetched or made."""
STATE = Path(os.environ.get("FAMALINK_STATE", SET_UP)).resolve()
"""What a run writes. Elsewhere, and on other ports, a second run from the same checkout disturbs nobody."""
KAFKA = STATE / "kafka" / "broker"
POSTGRES = STATE / "postgres"
KEYS = STATE / "keys"
MAIL = STATE / "mail"
RUN = STATE / "run"
LOG = STATE / "log"

FORGOTTEN_BY_RESET = (KAFKA, POSTGRES, KEYS, MAIL, RUN, LOG)
"""Kafka's jars stay: they are no data, and cost a download."""
