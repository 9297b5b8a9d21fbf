"""The page as text: one table for each heading of the guide."""

from collections.abc import Iterable, Sequence

from shared.rules import Effect, Rule, Source
from tests.guide.collected import shown_by
from tests.guide.headings import FURTHER, HEADINGS, LAST, heading_of

_SOURCES: dict[Source, str] = {"G": "guide", "S": "other source", "O": "ours", "sense": "sense"}
_EFFECTS: dict[Effect, str] = {"refuses": "refuses", "warns": "warns", "suggests": "suggests", "keeps": "keeps"}
_TOP = """# The rules that Famalink keeps

Written from the code by `make guide`; a test fails when the two differ. Every sentence below is kept by one place
in the code and shown by one test of the same name, so that a clinician can check what the software does without
reading Python.

**Source.** *Guide*: Public Health England's *Facilitating access to mutual aid*. *Other source*: another published
description of mutual aid groups. *Ours*: made for this software; such a rule may warn or suggest and never refuses,
except for privacy and for safety (a test holds this). *Sense*: what cannot be whatever anybody thinks of care, such
as a day that has not come yet, an id that nobody knows, or an ending of what has ended; these are all listed last.

**Does.** *Refuses*: nothing is changed, and the keyworker is told why, at the field concerned. *Warns*: it is done all
the same, and something is said or flagged. *Suggests*: something is offered. *Keeps*: what follows by itself, or how
it is shown. Codes in brackets are those of the refusal or warning.
"""


def page(rules: Sequence[Rule]) -> str:
    parts = [_TOP]
    for heading in (*HEADINGS, FURTHER, LAST):
        rows = list(_rows(rule for rule in rules if heading_of(rule) == heading))
        if rows:
            parts += [f"\n## {heading}\n", "| Rule | Source | Does | Function | Test |", "|---|---|---|---|---|", *rows]
    return "\n".join(parts) + "\n"


def _rows(rules: Iterable[Rule]) -> Iterable[str]:
    """A sentence that several functions keep is one row."""
    by_sentence: dict[str, list[Rule]] = {}
    for rule in rules:
        by_sentence.setdefault(rule.sentence, []).append(rule)
    for sentence, kept in by_sentence.items():
        yield f"| {sentence} | {_source(kept[0])} | {_does(kept)} | {_functions(kept)} | {_tests(kept[0])} |"


def _source(rule: Rule) -> str:
    return _SOURCES[rule.source] + (f": {rule.where}" if rule.where else "")


def _does(rules: Sequence[Rule]) -> str:
    codes = ", ".join(sorted({f"`{code}`" for rule in rules for code in rule.codes}))
    because = f" for {rules[0].because}" if rules[0].because else ""
    return _EFFECTS[rules[0].effect] + because + (f" ({codes})" if codes else "")


def _functions(rules: Sequence[Rule]) -> str:
    return "<br>".join(f"`{rule.module.removeprefix('services.')}:{rule.function}`" for rule in rules)


def _tests(rule: Rule) -> str:
    return "<br>".join(f"`{path}::{rule.test_name}`" for path in shown_by().get(rule.test_name, ()))
