"""Typst source as PDF: A4, tagged for screen readers (PDF/UA-1), the same on every machine."""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from services.referrals.handouts.blocks import For, Handout, Size
from services.referrals.handouts.catalogue import HANDOUTS
from services.referrals.handouts.markup import markup

_LOOK = Path(__file__).with_name("look.typ")


def as_pdf(handout: Handout, size: Size) -> bytes:
    """Takes some tens of milliseconds of a processor: not for the event loop."""
    # Not when a service starts: 30 MB of memory for what is asked for now and then.
    import typst

    source = _LOOK.read_text(encoding="utf-8") + markup(handout, size)
    made = typst.compile(source.encode(), font_paths=_fonts(), ignore_system_fonts=True, pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise TypeError("A PDF is one file, whatever its pages.")
    return made


@cache
def kept_pdf(number: int, whom: For, size: Size) -> bytes:
    """One of the catalogue, compiled once: what it says changes with the release only. KeyError: no such hand-out."""
    return as_pdf(HANDOUTS[number, whom], size)


@cache
def _fonts() -> Any:  # noqa: ANN401 - the type would have to be imported
    """A sans serif made for people who see little, beside the compiler's own. It is read here, once."""
    import typst

    with as_file(files("fontpkg_atkinson_hyperlegible") / "files") as folder:
        return typst.Fonts(include_system_fonts=False, font_paths=[folder])
