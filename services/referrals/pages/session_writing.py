"""The body that a session's page becomes, as it is written field by field; what is wrong is told at the page's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from typing import Any

from services.referrals.pages.forms import Form
from shared.problems import Problem

_NOT_A_DAY = "Enter a date such as 27 3 2026."


@dataclass(slots=True)
class Writing:
    """`places`: by a field of the body, the field of the page that it comes from."""

    body: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    wrong: list[Problem] = field(default_factory=list)

    def add(self, name: str, item: Mapping[str, Any], place: str, row: str = "") -> None:
        """`row`: where each of the item's fields has one of its own on the page."""
        items = self.body.setdefault(name, [])
        self.places[f"{name}[{len(items)}]"] = place
        if row:
            self.places |= {f"{name}[{len(items)}].{key}": f"{row}-{key}" for key in item}
        items.append({key: value for key, value in item.items() if value not in ("", None, [])})

    def lacks(self, place: str, reason: str) -> None:
        self.wrong.append(Problem(place, "left-open", reason))


def day_in(writing: Writing, form: Form, name: str) -> Day | None:
    said = form.date(name)
    try:
        day = Day.fromisoformat(said) if said else None
        if day is None or day.year >= 1900:
            return day
    except ValueError:
        pass
    writing.wrong.append(Problem(name, "not-a-date", _NOT_A_DAY))
    return None
