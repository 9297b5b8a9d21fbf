"""Which organisation is meant by what somebody wrote."""

import re
from collections.abc import Iterable

from services.referrals.feeds.parsed import Unreadable
from services.referrals.feeds.text import plain
from services.referrals.feeds.values import shown
from shared.meetings import ORGANISATIONS, Organisation

_BY_NAME = {known.label.lower(): known for known in ORGANISATIONS.values()} | ORGANISATIONS

# What a longer name contains comes after it. Bare initials say nothing: AA also repairs cars.
_SPELLINGS = {
    "smart-family-friends": r"smart (?:recovery )?(?:for )?family (?:&|and) friends",
    "smart-recovery": r"smart recovery",
    "al-anon": r"al[- ]?anon",
    "alateen": r"alateen",
    "nar-anon": r"nar[- ]?anon",
    "co-anon": r"co-anon",
    "gam-anon": r"gam[- ]?anon",
    "families-anonymous": r"families anonymous",
    "aa": r"alcoholics anonymous|aa (?:meeting|group)s?",
    "na": r"narcotics anonymous|na (?:meeting|group)s?",
    "ca": r"cocaine anonymous",
    "cma": r"crystal meth anonymous",
    "ma": r"marijuana anonymous",
    "ga": r"gamblers anonymous",
    "dra": r"dual recovery anonymous",
    "dtr": r"double trouble in recovery",
    "cda": r"chemically dependent anonymous",
    "women-for-sobriety": r"women for sobriety",
    "sos": r"secular organi[sz]ations for sobriety|save our selves",
    "lifering": r"lifering",
    "refuge-recovery": r"refuge recovery",
}
_PATTERNS = {code: re.compile(rf"\b(?:{pattern})\b") for code, pattern in _SPELLINGS.items()}
_HINT = re.compile(r"\b(?:anonymous|mutual[- ]aid|(?:12|twelve)[- ]?step|recovery (?:group|meeting)s?)\b")


def named(name: str) -> Organisation:
    """The one that is called exactly so: a code or a name of `shared.meetings.organisations`."""
    if known := _BY_NAME.get(name.lower()):
        return known
    raise Unreadable("organisation", f"{shown(name)} is none of {', '.join(ORGANISATIONS)}")


def recognised(texts: Iterable[str]) -> Organisation | None:
    """The one that the first of the texts to name just one names; None when none names any.

    Unreadable when they only ever name several at once.
    """
    several: set[str] = set()
    for text in texts:
        found = _found(text)
        if len(found) == 1:
            return ORGANISATIONS[found.pop()]
        several |= found
    if several:
        labels = ", ".join(ORGANISATIONS[code].label for code in sorted(several))
        raise Unreadable("organisation", f"cannot be told: it names {labels}")
    return None


def may_be_mutual_aid(texts: Iterable[str]) -> bool:
    """Whether they sound like it, though no organisation that we know is named."""
    return any(_HINT.search(plain(text).lower()) for text in texts)


def _found(text: str) -> set[str]:
    found, rest = set(), plain(text).lower()
    for code, pattern in _PATTERNS.items():
        shorter = pattern.sub(" ", rest)
        if shorter != rest:
            found.add(code)
        rest = shorter
    return found
