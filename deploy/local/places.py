"""Where the local run keeps what: all of it below `.famalink/` in the checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".famalink"
