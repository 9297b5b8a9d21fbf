"""Which meetings somebody asks for, the best first, and when they come next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.referrals.directory.facts import Fact, facts
from services.referrals.directory.filters import NEARLY_NOTHING, Relaxed, filters_of, fitting_all, relaxed
from services.referrals.directory.index import Index
from services.referrals.directory.local import LocalKnowledge, local_facts
from services.referrals.directory.places import distance
from services.referrals.directory.ranking import ranked
from services.referrals.directory.wanted import AHEAD, NOTHING_TO_MIND, Minding, Near, Wanted, period
from shared.meetings import Meeting, Occurrence, occurrences


@dataclass(frozen=True, slots=True)
class Choice:
    """`best` in order, at most as many as were wanted; `fits` is how many fit in all."""

    best: Sequence[UUID]
    fits: int
    relax: Sequence[Relaxed]


@dataclass(frozen=True, slots=True)
class Found:
    """`km` is how far it is, if that was asked; `local` what the provider that asks knows of it."""

    meeting: Meeting
    occurrences: Sequence[Occurrence]
    km: float | None
    facts: Sequence[Fact]
    local: LocalKnowledge | None = None


def choose(index: Index, wanted: Wanted, now: datetime, minding: Minding = NOTHING_TO_MIND) -> Choice:
    """What fits, ranked (`ranking.ranked`); if that is nearly nothing, which filter to leave out."""
    timed = index.slots.timed(wanted, now)
    filters = filters_of(index, wanted, timed.starts, minding)
    fitting = fitting_all(index, filters)
    fits = fitting.bit_count()
    best = ranked(fitting, index, wanted, timed, now.date(), minding=minding)
    return Choice(
        [index.meeting_id(position) for position in best],
        fits,
        relaxed(index, filters, fits) if fits < NEARLY_NOTHING else [],
    )


def found(meeting: Meeting, wanted: Wanted, now: datetime, local: LocalKnowledge | None = None) -> Found:
    """With its dates in the period asked for, and what is worth knowing of it."""
    dated = coming(meeting, now, AHEAD)
    if wanted.between_dates:
        dated = list(occurrences(meeting, *period(wanted, now.date())))
    return shown(meeting, dated, now, wanted.near, local)


def shown(
    meeting: Meeting,
    dated: Sequence[Occurrence],
    now: datetime,
    near: Near | None = None,
    local: LocalKnowledge | None = None,
) -> Found:
    km = None
    if near and meeting.latitude is not None and meeting.longitude is not None:
        km = distance(near, meeting.latitude, meeting.longitude)
    known = local_facts(local) if local else ()
    return Found(meeting, dated, km, [*facts(meeting, dated, km, now), *known], local)


def coming(meeting: Meeting, now: datetime, ahead: timedelta) -> list[Occurrence]:
    """What of it begins from now on."""
    # A day more on either side: it may be yesterday or tomorrow there.
    day = timedelta(days=1)
    dates = occurrences(meeting, now.date() - day, (now + ahead).date() + day)
    return [each for each in dates if now <= each.start.astimezone(UTC) < now + ahead]
