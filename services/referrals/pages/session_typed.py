"""A session's page before anything is typed: today and the suggested stage, or a recorded session to correct."""

from collections.abc import Mapping, Sequence
from datetime import date as Day
from datetime import datetime

from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.session_parts import Handout
from services.referrals.domain.stages import suggest_next
from services.referrals.domain.when import local_day
from services.referrals.pages import session_words

Typed = dict[str, Sequence[str]]


def blank(pathway: Pathway, now: datetime) -> Typed:
    """After an ending, what is still written down was before it."""
    suggested = suggest_next(pathway)
    stage = {"stage": [str(suggested.stage)]} if suggested else {}
    return {**_day("heldAt", local_day(pathway.ended_at or now, pathway.time_zone)), **stage}


def recorded(session: Session, pathway: Pathway) -> Typed:
    """Its goals stay as they are: what is chosen there is agreed beside them."""
    day = local_day(session.held_at, pathway.time_zone)
    typed: Typed = {"stage": [str(session.stage)], **_day("heldAt", day), **_handouts(session, day)}
    for name, value in (("how", session.how), ("preferredOrganisation", session.preferred_organisation)):
        typed[name] = [value or ""]
    typed |= {"present": session.present, "concerns": session.concerns, "risks": session.risks}
    if session.lapse_on:
        typed |= _day("lapseOn", session.lapse_on)
    for part in (_experience, _needs, _taking_part, _did_not_fit, _barriers):
        typed |= part(session)
    return typed | {f"explained-{item.topic}": [item.how] for item in session.explained}


def _day(name: str, day: Day) -> Typed:
    return {f"{name}-day": [str(day.day)], f"{name}-month": [str(day.month)], f"{name}-year": [str(day.year)]}


def _handouts(session: Session, day: Day) -> Typed:
    """Those of another format, in another language or of a day of their own have a row."""
    typed: dict[str, list[str]] = {}
    apart = [it for it in session.handouts if it.format or it.language or it.date != day]
    for handout in session.handouts:
        if handout not in apart:
            typed.setdefault(f"handouts-{handout.number}", []).append(handout.state)
    return typed | {name: said for row, it in enumerate(apart, 1) for name, said in _in_row(it, row, day).items()}


def _in_row(handout: Handout, row: int, day: Day) -> Typed:
    at = f"handoutInRow-{row}"
    return {
        f"{at}-number": [str(handout.number)],
        f"{at}-state": [handout.state],
        f"{at}-format": [handout.format or ""],
        f"{at}-language": [handout.language or ""],
        **(_day(f"{at}-date", handout.date) if handout.date != day else {}),
    }


def _experience(session: Session) -> Typed:
    typed: Typed = {}
    for row, item in enumerate(session.experience, 1):
        typed |= {
            f"about-{row}-organisation": [item.organisation],
            f"about-{row}-level": [item.level],
            f"about-{row}-perceptions": [item.perceptions or ""],
            f"about-{row}-concerns": item.concerns,
        }
    return typed


def _needs(session: Session) -> Typed:
    needs = session.needs
    if needs is None:
        return {}
    yes: Mapping[str, bool] = {
        "readingTogether": needs.reading_together,
        "largePrint": needs.large_print,
        "interpreter": needs.interpreter,
        "unreadText": needs.unread_text,
    }
    chosen = [name for name in session_words.NEEDS if yes[name]]
    return {
        "needs": chosen or ["none"],
        "needs-otherFormat": [needs.other_format or ""],
        "needs-language": [needs.language or ""],
        "needs-onwardReferral": [needs.onward_referral or ""],
    }


def _taking_part(session: Session) -> Typed:
    typed: dict[str, list[str]] = {}
    for part in session.taking_part:
        at = f"takingPart-{part.organisation}"
        if part.way:
            typed.setdefault(at, []).append(part.way)
        if part.words:
            typed.setdefault(f"{at}-words", []).append(part.words)
    return {name: ["\n".join(said)] if name.endswith("-words") else said for name, said in typed.items()}


def _did_not_fit(session: Session) -> Typed:
    typed: Typed = {}
    for row, item in enumerate(session.did_not_fit, 1):
        what = f"{item.organisation}/{item.meeting_id}" if item.meeting_id else item.organisation
        typed |= {f"didNotFit-{row}-what": [what], f"didNotFit-{row}-reasons": item.reasons}
    return typed


def _barriers(session: Session) -> Typed:
    typed: Typed = {}
    for row, item in enumerate(session.barriers, 1):
        taken_up = {True: "yes", False: "no", None: ""}[item.taken_up]
        typed |= {f"barriers-{row}-kind": [item.kind], f"barriers-{row}-where": [item.where]}
        typed |= {f"barriers-{row}-takenUp": [taken_up], **_day(f"barriers-{row}-on", item.on)}
    return typed
