"""What a session's page offers for this pathway: organisations that fit, and meetings that were planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referrals.domain.experience import experience_shown
from services.referrals.domain.pathway import Pathway
from services.referrals.pages import session_words
from services.referrals.pages.forms import Form
from services.referrals.pages.session_rows import rows
from services.referrals.pages.words import day, organisation
from shared.meetings import ORGANISATIONS, Meeting

_BEST_KNOWN = frozenset(
    {
        *("aa", "na", "ca", "cma", "ma", "ga", "smart-recovery", "local"),
        *("al-anon", "alateen", "nar-anon", "families-anonymous", "gam-anon", "smart-family-friends"),
    }
)
_BEGIN = ("", "Choose one")
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """`rows`: by kind, those that the page shows, one of them empty. `told`: what is known, by organisation."""

    asked_of: Pairs
    organisations: Pairs
    did_not_fit: Pairs
    taking_part: Sequence[tuple[str, str, Mapping[str, str]]]
    told: Mapping[str, str]
    rows: Mapping[str, Sequence[int]]


def choices(pathway: Pathway, meetings: Mapping[UUID, Meeting], form: Form) -> Choices:
    known = {item.organisation: item.level for item in experience_shown(pathway)}
    fitting = [code for code in ORGANISATIONS if _fits(pathway, code)]
    first = [code for code in fitting if code in _BEST_KNOWN or code in known or form.value(f"level-{code}")]
    # What they have been to before may have been for something else: somebody who drinks may have been to NA.
    others = [code for code, each in ORGANISATIONS.items() if each.audience in (pathway.for_, "both")]
    organisations = [_BEGIN, *((code, organisation(code)) for code in dict.fromkeys([*fitting, *others, *known]))]
    return Choices(
        asked_of=[(code, organisation(code)) for code in first],
        organisations=organisations,
        did_not_fit=[*organisations[:1], *_planned(pathway, meetings), *organisations[1:]],
        taking_part=[(code, organisation(code), _ways(form, code)) for code in _goes_to(pathway, meetings, form)],
        told={code: session_words.LEVELS.get(level, level) for code, level in known.items()},
        rows={kind: rows(form, kind) for kind in ("about", "handoutInRow", "didNotFit", "barriers")},
    )


def _fits(pathway: Pathway, code: str) -> bool:
    known = ORGANISATIONS[code]
    return known.audience in (pathway.for_, "both") and not set(known.for_what).isdisjoint(pathway.for_what)


def _planned(pathway: Pathway, meetings: Mapping[UUID, Meeting]) -> Pairs:
    """Each meeting once, with the latest day that the client planned to go."""
    days = {made.meeting_id: made.date for made in sorted(pathway.commitments, key=lambda made: made.date)}
    return [
        (f"{meeting.organisation}/{meeting_id}", f"{meeting.name}, {day(days[meeting_id])}")
        for meeting_id in days
        if (meeting := meetings.get(meeting_id))
    ]


def _goes_to(pathway: Pathway, meetings: Mapping[UUID, Meeting], form: Form) -> list[str]:
    """Of which the client has told something, or planned a meeting; and the one just chosen on the page."""
    met = [item.organisation for item in experience_shown(pathway) if item.level != "none"]
    planned = [meetings[made.meeting_id].organisation for made in pathway.commitments if made.meeting_id in meetings]
    before = [part.organisation for session in pathway.sessions for part in session.taking_part]
    typed = [name.removeprefix("takingPart-") for name in form.typed if name.startswith("takingPart-")]
    chosen = [form.value("takingPart-more"), *(name.removesuffix("-words") for name in typed if name != "more")]
    return [code for code in dict.fromkeys([*met, *planned, *before, *chosen]) if code]


def _ways(form: Form, code: str) -> dict[str, str]:
    """Also those that were recorded by other doors."""
    said = {way: session_words.WAYS.get(way, way) for way in form.values(f"takingPart-{code}")}
    return session_words.ways(code) | said
