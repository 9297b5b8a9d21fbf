"""Which hand-outs a session's page notes, each with what was done with it."""

from typing import Any

from services.referrals.pages import session_words
from services.referrals.pages.forms import Form
from services.referrals.pages.session_rows import filled
from services.referrals.pages.session_writing import Writing, day_in

_ROW = "handoutInRow"


def handouts(writing: Writing, form: Form) -> None:
    """One tap for each; another format, language or day in a row, which says it instead of the tap.

    Beside the tap stands a row with a day: every date is kept.
    """
    rows = [(f"{_ROW}-{row}", item) for row in filled(form, _ROW) if (item := _in_row(writing, form, f"{_ROW}-{row}"))]
    instead = {(item["number"], item["state"]) for _, item in rows if not item["date"]}
    for number in range(1, 11):
        for state in _tapped(form, number):
            if (number, state) not in instead:
                writing.add("handouts", {"number": number, "state": state}, f"handouts-{number}")
        for at, item in rows:
            if item["number"] == number:
                writing.add("handouts", item, f"{at}-number", at)


def _tapped(form: Form, number: int) -> list[str]:
    everything = {"given"} & set(form.values("handouts-all"))
    basis = {"talked-through"} & set(form.values("handouts-basis"))
    said = {*form.values(f"handouts-{number}"), *everything, *(basis if number in (1, 2) else ())}
    return [state for state in session_words.HANDOUT_STATES if state in said]


def _in_row(writing: Writing, form: Form, at: str) -> dict[str, Any] | None:
    said = {name: form.value(f"{at}-{name}") for name in ("number", "state", "format", "language")}
    day = day_in(writing, form, f"{at}-date")
    known = said["number"] in session_words.HANDOUT_NUMBERS
    if not known:
        writing.lacks(f"{at}-number", "Choose the hand-out that this is about.")
    if not said["state"]:
        writing.lacks(f"{at}-state", "Choose what was done with it.")
    if not known or not said["state"]:
        return None
    return {**said, "number": int(said["number"]), "date": day.isoformat() if day else None}
