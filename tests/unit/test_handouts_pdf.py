"""Hand-outs as PDF: for a printer, for a screen reader, and for whoever needs large print."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typst
from hypothesis import example, given
from hypothesis import strategies as st

from services.referrals.handouts.blocks import Card, Handout, Heading, Lines, Note, Points, Question, Size, Text
from services.referrals.handouts.catalogue import WORDINGS
from services.referrals.handouts.markup import markup
from services.referrals.handouts.pdf import as_pdf, kept_pdf
from services.referrals.handouts.printable import quoted

_LOOK = Path("services/referrals/handouts/look.typ").read_text(encoding="utf-8")
_A4 = b"/MediaBox[0 0 595.2756 841.8898]"
_MARKUP = "#[]{}()$*_`\\\"'@<>/=-+~:;,. \n\tab1"
_ANY = st.text(max_size=60) | st.text(_MARKUP, max_size=60)
_EACH = pytest.mark.parametrize("handout", WORDINGS, ids=lambda one: f"{one.number}-{'-'.join(one.wording)}")


def about(text: str) -> Handout:
    """The text wherever one can stand; a heading without a word cannot."""
    blocks = (Heading(text), Text(text), Note(text, text), Question(text, text), Points((text, text)), Lines(text, 1))
    return Handout(6, text, text, (*blocks, Card(text, ((text, text), (text, "")))))


@pytest.mark.parametrize("size", ["normal", "large"])
@_EACH
def test_each_is_a_tagged_a4_document_in_british_english_with_its_title(handout: Handout, size: Size) -> None:
    pdf = as_pdf(handout, size)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Marked true" in pdf
    assert b"/Lang(en-GB)" in pdf
    assert f"/Title({handout.title})".encode() in pdf
    assert set(re.findall(rb"/MediaBox\[[^\]]*\]", pdf)) == {_A4}


@_EACH
def test_fonts_come_with_it_and_are_without_serifs(handout: Handout) -> None:
    fonts = set(re.findall(rb"/FontName/[A-Z]{6}\+([A-Za-z]+)", as_pdf(handout, "normal")))
    assert fonts == {b"AtkinsonHyperlegible"}


def test_large_print_is_18_point() -> None:
    handout = WORDINGS[0]
    assert ", 18)\n" in markup(handout, "large")
    assert as_pdf(handout, "large") != as_pdf(handout, "normal")


def test_the_same_hand_out_is_the_same_file_and_compiled_once() -> None:
    assert as_pdf(WORDINGS[0], "normal") == kept_pdf(1, "self", "normal")
    assert kept_pdf(1, "self", "normal") is kept_pdf(1, "self", "normal")


@given(_ANY)
@example('") #panic("out of the literal')
@example('\\") #read("/etc/hostname")')
@example('#import "@preview/x:0.1.0": * // */ ```')
@example("\ud800 lone, \x00 nought, \u202e backwards, \u200b nothing, \u6f22\u5b57, \U0001f600")
def test_whatever_a_text_holds_is_shown_and_never_obeyed(text: str) -> None:
    source = markup(Handout(6, "x", "x", (Heading(text), Heading("after"))), "normal")
    found = json.loads(typst.query((_LOOK + source).encode(), "heading.where(level: 2)", ignore_system_fonts=True))
    shown = quoted(text)[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    assert [heading["body"].get("text", "") for heading in found] == [shown, "after"]


@given(_ANY.filter(str.strip))
@example("\u0301\u0301\u05d0 \u05e9\u05dc\u05d5\u05dd \u0416 \u0174 \u20ac")
@example("w" * 400)
def test_whatever_a_text_holds_can_be_printed(text: str) -> None:
    assert as_pdf(about(text), "large").startswith(b"%PDF")


@given(st.text(max_size=40))
def test_a_literal_ends_where_it_ends(text: str) -> None:
    literal = quoted(text)
    assert re.fullmatch(r'"(?:[^"\\\n]|\\["\\])*"', literal)


def test_ordinary_names_are_left_as_they_are() -> None:
    assert quoted("T\u0177 Gobaith, 3\u20135 Stryd Fawr; caf\u00e9 (\u00a31)") == (
        '"T\u0177 Gobaith, 3\u20135 Stryd Fawr; caf\u00e9 (\u00a31)"'
    )


def test_the_compiler_is_not_loaded_when_the_service_starts() -> None:
    code = "import sys, services.referrals.app; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_telephone_number_is_not_broken_over_two_lines() -> None:
    assert quoted("Call 116 123, at any hour.") == '"Call 116\u00a0123, at any hour."'
