"""What is known of a client, as lines under headings: what was noted last counts, and nothing is left to guessing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.referrals.domain.experience import experience_shown
from services.referrals.domain.fitting import did_not_fit
from services.referrals.domain.needs import handouts_together, needs_now
from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.session_parts import Barrier, Experience, Handout, Needs
from services.referrals.domain.taking_part import takes_part
from services.referrals.domain.when import local_day
from services.referrals.pages import session_words as said
from services.referrals.pages import words

_TAKEN_UP = {None: "not known yet whether taken up", True: "taken up", False: "not taken up"}


@dataclass(frozen=True, slots=True)
class Known:
    """`always`: that nothing was recorded is said as well."""

    heading: str
    lines: Sequence[str]
    always: bool = False


def known(pathway: Pathway) -> list[Known]:
    """In the order in which sessions ask for it."""
    needs = needs_now(pathway)
    found = [
        Known("Past experience", [_experience(each) for each in experience_shown(pathway)], always=True),
        Known("Concerns raised", list(_concerns(pathway))),
        Known("Reading and communication", [_needs(needs)] if needs else [], always=True),
        Known("Explained", list(_explained(pathway))),
        Known("Prefers", list(_preferred(pathway))),
        Known("Taking part", list(_taking_part(pathway))),
        Known("Did not fit", list(_did_not_fit(pathway))),
        Known("Risks", [f"{said.RISKS[risk][0]}, {_day(s, pathway)}" for s in _sessions(pathway) for risk in s.risks]),
        Known("Lapses", [words.day(session.lapse_on) for session in _sessions(pathway) if session.lapse_on]),
        Known("Signposted", [_barrier(each) for session in _sessions(pathway) for each in session.barriers]),
        Known("Hand-outs", list(_handouts(pathway)), always=True),
    ]
    return [each for each in found if each.lines or each.always]


def held(session: Session, pathway: Pathway) -> str:
    """A session in a line: stage, day, how, with whom."""
    how = f", {said.HOW[session.how].lower()}" if session.how else ""
    there = f", with {words.joined([said.ROLES[role].lower() for role in session.present])}" if session.present else ""
    return f"Stage {session.stage}, {_day(session, pathway)}{how}{there}"


def _sessions(pathway: Pathway) -> list[Session]:
    return pathway.sessions_by_date


def _day(session: Session, pathway: Pathway) -> str:
    return words.day(local_day(session.held_at, pathway.time_zone))


def _experience(one: Experience) -> str:
    told = f"{words.organisation(one.organisation)}: {said.LEVELS[one.level].lower()}"
    if one.perceptions:
        told += f"; “{one.perceptions}”"
    concerns = [said.concern(code) for code in one.concerns]
    return f"{told} ({', '.join(concerns)})" if concerns else told


def _concerns(pathway: Pathway) -> Iterator[str]:
    last = {code: session for session in _sessions(pathway) for code in session.concerns}
    for code, session in last.items():
        yield f"{said.concern(code)}, {_day(session, pathway)}"


def _needs(needs: Needs) -> str:
    told = [
        "hand-outs gone through together" if needs.reading_together else "",
        "large print" if needs.large_print else "",
        needs.other_format or "",
        f"language: {needs.language}" if needs.language else "",
        "an interpreter" if needs.interpreter else "",
        "reads no text messages" if needs.unread_text else "",
        f"support with it: {said.ONWARD[needs.onward_referral].lower()}" if needs.onward_referral else "",
    ]
    text = "; ".join(filter(None, told)) or "asked, and there are none"
    return text[0].upper() + text[1:]


def _explained(pathway: Pathway) -> Iterator[str]:
    last = {each.topic: (each, session) for session in _sessions(pathway) for each in session.explained}
    for topic, (each, session) in last.items():
        yield f"{said.TOPICS[topic]}: {said.EXPLAINED[each.how].lower()}, {_day(session, pathway)}"


def _preferred(pathway: Pathway) -> Iterator[str]:
    told = [session.preferred_organisation for session in _sessions(pathway) if session.preferred_organisation]
    yield from map(words.organisation, told[-1:])


def _taking_part(pathway: Pathway) -> Iterator[str]:
    for one in takes_part(pathway):
        for part, on in one.said:
            way = said.WAYS[part.way].lower() if part.way else ""
            own = f"“{part.words}”" if part.words else ""
            yield f"{words.organisation(one.organisation)}: {' '.join(filter(None, (way, own)))}, {words.day(on)}"


def _did_not_fit(pathway: Pathway) -> Iterator[str]:
    for one in did_not_fit(pathway):
        which = "one of its meetings: " if one.meeting_id else ""
        reasons = ", ".join(said.REASONS[reason].lower() for reason in one.reasons)
        yield f"{words.organisation(one.organisation)}: {which}{reasons}"


def _barrier(one: Barrier) -> str:
    return f"{said.BARRIERS[one.kind]}: {one.where}, {words.day(one.on)}, {_TAKEN_UP[one.taken_up]}"


def _handouts(pathway: Pathway) -> Iterator[str]:
    if handouts_together(pathway):
        yield "Go through them together; none has to be read alone."
    for session in _sessions(pathway):
        yield from map(_handout, session.handouts)


def _handout(one: Handout) -> str:
    how = ", ".join(filter(None, (one.format, one.language)))
    state = said.HANDOUT_STATES[one.state].lower()
    return f"{words.handout(one.number)}: {state}{f' ({how})' if how else ''}, {words.day(one.date)}"
