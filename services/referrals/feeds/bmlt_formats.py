"""A BMLT server's formats: which of our kinds each means.

Keys are each server's own and two formats may share one; what is the same everywhere is the code that NA World
Services gave it (`world_id`). A server's additions without one are known by their English name, or are no kind.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from services.referrals.feeds.lines import rows_of
from services.referrals.feeds.parsed import Unreadable
from services.referrals.feeds.values import Line, raw
from shared.problems import Problem

_BY_WORLD_ID = {
    "BEG": "newcomer", "BT": "literature", "CLOSED": "closed", "CPT": "tradition", "CW": "children-welcome",
    "DISC": "discussion", "GL": "lgbtq", "IP": "literature", "IW": "literature", "JFT": "literature",
    "LC": "literature", "LIT": "literature", "M": "men", "MED": "meditation", "NC": "no-children", "OPEN": "open",
    "QA": "question-and-answer", "RA": "restricted-entry", "SPK": "speaker", "STEP": "step", "SWG": "step",
    "TOP": "discussion", "TRAD": "tradition", "W": "women", "WCHR": "wheelchair", "Y": "young-people",
}  # fmt: skip
_BY_NAME = {
    "agnostic": ("secular",),
    "asl": ("sign-language",),
    "bsl": ("sign-language",),
    "id required to enter": ("restricted-entry",),
    "no children": ("no-children",),
    "speaker/discussion": ("speaker", "discussion"),
    "english speaking": ("language-en",),
    "espanol": ("language-es",),
    "español": ("language-es",),
    "spanish": ("language-es",),
    "finnish": ("language-fi",),
    "french": ("language-fr",),
    "german": ("language-de",),
    "lithuanian/russian": ("language-lt", "language-ru"),
    "persian": ("language-fa",),
    "polish": ("language-pl",),
    "portuguese": ("language-pt",),
    "punjabi": ("language-pa",),
    "russian": ("language-ru",),
    "urdu": ("language-ur",),
    "welsh": ("language-cy",),
}
ONLINE, HYBRID, TEMPORARILY_CLOSED = "VM", "HYBR", "TC"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a set of formats says of a meeting: our kinds, and World Services' codes for where it is held."""

    kinds: frozenset[str] = frozenset()
    world_ids: frozenset[str] = frozenset()

    def __or__(self, other: "Meaning") -> "Meaning":
        return Meaning(self.kinds | other.kinds, self.world_ids | other.world_ids)


@dataclass(frozen=True, slots=True)
class Formats:
    """By id where a line gives ids, else by key: a key that two formats share means both."""

    by_id: Mapping[str, Meaning] = field(default_factory=dict)
    by_key: Mapping[str, Meaning] = field(default_factory=dict)

    def meaning(self, line: Line) -> Meaning:
        table, names = self._named(line)
        return _together(table.get(name, Meaning()) for name in names)

    def knows(self, line: Line) -> dict[str, bool]:
        """Of each code that the line uses, whether it is one of these."""
        table, names = self._named(line)
        return {name: name in table for name in names}

    def _named(self, line: Line) -> tuple[Mapping[str, Meaning], list[str]]:
        """By `format_shared_id_list`, or by `formats` (keys) on servers that send no ids."""
        ids = _listed(line, "format_shared_id_list")
        return (self.by_id, ids) if ids else (self.by_key, _listed(line, "formats"))


def read_formats(text: str | None) -> Formats:
    """What `GetFormats` answers, in one language or several; without it no kind of any meeting is known."""
    by_id: dict[str, Meaning] = defaultdict(Meaning)
    by_key: dict[str, Meaning] = defaultdict(Meaning)
    for row in rows_of(text, "formats", "formats") if text else ():
        if isinstance(row, dict):
            by_id[_said(row, "id")] |= _meaning(row)
            by_key[_said(row, "key_string")] |= _meaning(row)
    return Formats(dict(by_id), dict(by_key))


def doubt_of(formats: Formats, rows: Iterable[object]) -> Problem | None:
    """When it knows not most of the codes that the meetings use: all would lose kinds that they have (men, closed)."""
    used: dict[str, bool] = {}
    for row in rows:
        with suppress(Unreadable):
            used |= formats.knows(row) if isinstance(row, dict) else {}
    known = sum(used.values())
    if not used or known * 2 > len(used):
        return None
    said = "none" if not known else f"only {known}"
    reason = f"The server's formats explain {said} of the {len(used)} codes that its meetings use"
    return Problem("formats", "formats-missing", f"{reason}: of many it would not be known who may come.")


def _meaning(row: Line) -> Meaning:
    world_id, name = _said(row, "world_id").upper(), _said(row, "name_string").lower()
    kinds = _BY_NAME.get(name) or ((_BY_WORLD_ID[world_id],) if world_id in _BY_WORLD_ID else ())
    if name == "online meeting":
        world_id = ONLINE
    return Meaning(frozenset(kinds), frozenset({world_id} - {""}))


def _said(row: Line, field_: str) -> str:
    try:
        return raw(row, field_)
    except Unreadable:
        return ""


def _listed(line: Line, field_: str) -> list[str]:
    return [name.strip() for name in raw(line, field_).split(",") if name.strip()]


def _together(meanings: Iterable[Meaning]) -> Meaning:
    all_of_it = Meaning()
    for meaning in meanings:
        all_of_it |= meaning
    return all_of_it
