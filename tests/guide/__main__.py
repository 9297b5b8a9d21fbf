"""Writes docs/fama.md."""

from tests.guide.collected import ROOT, registered
from tests.guide.page import page

if __name__ == "__main__":
    (ROOT / "docs" / "fama.md").write_text(page(registered()), encoding="utf-8")
