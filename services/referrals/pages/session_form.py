"""A session's page as the body that the JSON door takes, and where on the page each of its fields is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date as Day
from datetime import datetime, time, timedelta

from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.when import local_day
from services.referrals.http.session_bodies import SessionIn
from services.referrals.pages import forms, session_words
from services.referrals.pages.forms import Form
from services.referrals.pages.session_handouts import handouts
from services.referrals.pages.session_rows import filled
from services.referrals.pages.session_writing import Writing, day_in
from shared.meetings.zones import zone
from shared.problems import Problem, Refused

_NOON = time(12)
_BEFORE = timedelta(seconds=1)


def session_in(form: Form, pathway: Pathway, now: datetime, earlier: Session | None = None) -> SessionIn:
    """`earlier`: the session as it is recorded, when it is corrected. Refused at the fields of the page."""
    writing = Writing()
    _when(writing, form, pathway, now, earlier)
    for name in ("how", "preferredOrganisation"):
        writing.body[name] = form.value(name)
    for name in ("present", "concerns", "risks"):
        writing.body[name] = form.values(name)
    if lapse := day_in(writing, form, "lapseOn"):
        writing.body["lapseOn"] = lapse.isoformat()
    for write in (_experience, _needs, _explained, _taking_part, _did_not_fit, _barriers, _goals, handouts):
        write(writing, form)
    return _parsed(writing)


def at_their_fields(form: Form, problems: Mapping[str, str]) -> Form:
    """What a rule refused, moved to the fields of the page."""
    return replace(form, problems=[_moved(problem, problems) for problem in form.problems])


def places(form: Form) -> dict[str, str]:
    """By a field of the body, the page's."""
    writing = Writing()
    for write in (_experience, _explained, _taking_part, _did_not_fit, _barriers, _goals, handouts):
        write(writing, form)
    return writing.places


def _parsed(writing: Writing) -> SessionIn:
    try:
        body = forms.parsed(SessionIn, writing.body)
    except Refused as refused:
        said = {problem.field for problem in writing.wrong}
        moved = [_moved(problem, writing.places) for problem in refused.problems]
        raise Refused(*writing.wrong, *(problem for problem in moved if problem.field not in said)) from None
    if writing.wrong:
        raise Refused(*writing.wrong)
    return body


def _moved(problem: Problem, to: Mapping[str, str]) -> Problem:
    item, _, _ = problem.field.partition("]")
    place = to.get(problem.field) or (to.get(f"{item}]") if "[" in item else None)
    return replace(problem, field=place) if place else problem


def _when(writing: Writing, form: Form, pathway: Pathway, now: datetime, earlier: Session | None) -> None:
    """A page asks for the day only: the moment is now (after an ending: before it), the one recorded, or noon."""
    day = day_in(writing, form, "heldAt")
    if day is None and not writing.wrong:
        writing.lacks("heldAt", "Enter the day of the session.")
    stage = form.value("stage")
    if stage not in ("1", "2", "3"):
        writing.lacks("stage", "Choose the stage of the session.")
    writing.body["stage"] = int(stage) if stage in ("1", "2", "3") else 1
    writing.body["heldAt"] = _moment(day or local_day(now, pathway.time_zone), pathway, now, earlier)


def _moment(day: Day, pathway: Pathway, now: datetime, earlier: Session | None) -> datetime:
    known = [earlier.held_at] if earlier else []
    latest = pathway.ended_at - _BEFORE if pathway.ended_at else now
    for moment in (*known, latest, pathway.opened_at):
        if local_day(moment, pathway.time_zone) == day:
            return moment
    return datetime.combine(day, _NOON, zone(pathway.time_zone))


def _experience(writing: Writing, form: Form) -> None:
    """One tap for each organisation; what was heard of one, and thought of it, in a row of its own."""
    levels = {name.removeprefix("level-"): form.value(name) for name in form.typed if name.startswith("level-")}
    for row in filled(form, "about"):
        at = f"about-{row}"
        which = form.value(f"{at}-organisation")
        level = form.value(f"{at}-level") or levels.get(which, "")
        levels.pop(which, None)
        if not which:
            writing.lacks(f"{at}-organisation", "Choose the organisation that this is about.")
        elif not level:
            writing.lacks(f"{at}-level", "Choose how much experience the client has of it; none is an answer.")
        else:
            words, concerns = form.value(f"{at}-perceptions"), form.values(f"{at}-concerns")
            item = {"organisation": which, "level": level, "perceptions": words, "concerns": concerns}
            writing.add("experience", item, f"{at}-level")
    for which, level in levels.items():
        if level:
            writing.add("experience", {"organisation": which, "level": level}, f"level-{which}")


def _needs(writing: Writing, form: Form) -> None:
    asked = {name: True for name in form.values("needs") if name in session_words.NEEDS}
    others = ("otherFormat", "language", "onwardReferral")
    said = {name: form.value(f"needs-{name}") for name in others if form.value(f"needs-{name}")}
    if asked or said or "none" in form.values("needs"):
        writing.body["needs"] = {**asked, **said}


def _explained(writing: Writing, form: Form) -> None:
    for topic in session_words.TOPICS:
        if how := form.value(f"explained-{topic}"):
            writing.add("explained", {"topic": topic, "how": how}, f"explained-{topic}")


def _taking_part(writing: Writing, form: Form) -> None:
    typed = {name.removeprefix("takingPart-").removesuffix("-words") for name in form.typed if "takingPart-" in name}
    for which in sorted(typed - {"more"}):
        for way in form.values(f"takingPart-{which}"):
            writing.add("takingPart", {"organisation": which, "way": way}, f"takingPart-{which}")
        if words := form.value(f"takingPart-{which}-words"):
            writing.add("takingPart", {"organisation": which, "words": words}, f"takingPart-{which}-words")
    which, words = form.value("takingPart-more"), form.value("takingPart-more-words")
    if which and words:
        writing.add("takingPart", {"organisation": which, "words": words}, "takingPart-more-words")
    elif words:
        writing.lacks("takingPart-more", "Choose the organisation that this is about.")


def _did_not_fit(writing: Writing, form: Form) -> None:
    for row in filled(form, "didNotFit"):
        which, _, meeting = form.value(f"didNotFit-{row}-what").partition("/")
        reasons = form.values(f"didNotFit-{row}-reasons")
        if not which:
            writing.lacks(f"didNotFit-{row}-what", "Choose the meeting or organisation that this is about.")
        elif not reasons:
            writing.lacks(f"didNotFit-{row}-reasons", "Choose what did not fit.")
        else:
            item = {"organisation": which, "meetingId": meeting, "reasons": reasons}
            writing.add("didNotFit", item, f"didNotFit-{row}-reasons")


def _barriers(writing: Writing, form: Form) -> None:
    for row in filled(form, "barriers"):
        at = f"barriers-{row}"
        kind, where = form.value(f"{at}-kind"), form.value(f"{at}-where")
        on = day_in(writing, form, f"{at}-on") or day_in(Writing(), form, "heldAt")
        if not kind:
            writing.lacks(f"{at}-kind", "Choose what gets in the way.")
        if not where:
            writing.lacks(f"{at}-where", "Say where the client was signposted to.")
        if kind and where and on:
            taken_up = {"yes": True, "no": False}.get(form.value(f"{at}-takenUp"))
            item = {"kind": kind, "where": where, "on": on.isoformat(), "takenUp": taken_up}
            writing.add("barriers", item, f"{at}-where", at)


def _goals(writing: Writing, form: Form) -> None:
    """Each with a due day of its own, if it has one."""
    for kind in form.values("goals"):
        writing.add("goals", {"kind": kind, "due": _due(writing, form, kind)}, "goals")
    if words := form.value("goals-words"):
        goal = {"kind": "own-words", "words": words, "due": _due(writing, form, "own-words")}
        writing.add("goals", goal, "goals-words")


def _due(writing: Writing, form: Form, kind: str) -> str | None:
    day = day_in(writing, form, f"goals-due-{kind}")
    return day.isoformat() if day else None
