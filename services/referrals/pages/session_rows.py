"""Rows of which a page may have any number: `about-0-level`, `about-1-level`… One empty row is always there."""

import re

from services.referrals.pages.forms import Form

_FIRST = 1


def filled(form: Form, kind: str) -> list[int]:
    """The numbers of those in which something was typed."""
    numbered = re.compile(rf"{re.escape(kind)}-(\d{{1,3}})-", re.ASCII)
    found = {int(match[1]) for name in form.typed if form.value(name) and (match := numbered.match(name))}
    return sorted(found)


def rows(form: Form, kind: str) -> list[int]:
    taken = filled(form, kind)
    return [*taken, max(taken, default=_FIRST - 1) + 1]
