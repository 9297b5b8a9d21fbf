"""What is worth a thought as a meeting is planned. Warnings only: the client decides."""

from collections.abc import Iterator
from datetime import date as Day
from datetime import timedelta

from services.referrals.domain.answers import Caution
from services.referrals.domain.before_committing import before_committing
from services.referrals.domain.commands_commitments import CommitToMeeting
from services.referrals.domain.pathway import Commitment, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import WEEK, in_utc

_ON_THE_WAY = timedelta(minutes=30)
_MANY_A_DAY = 3
_TWICE = 2


def commitment_cautions(pathway: Pathway, command: CommitToMeeting, made_on: Day) -> tuple[Caution, ...]:
    return (
        *_about_its_date(pathway, command, made_on),
        *_about_other_plans(pathway, command),
        *before_committing(pathway, command),
    )


@rule(
    "More than a week ahead or at the time of another meeting is a warning.",
    source="G",
    effect="warns",
    codes=("more-than-a-week-ahead",),
    where="Stage 2, step 3",
)
@rule(
    "A meeting that began or is closed for now is a warning.",
    source="O",
    effect="warns",
    codes=("already-begun", "closed-for-now"),
)
@rule("A first meeting on the day of release may be planned weeks ahead.", source="O", effect="keeps")
@rule("A meeting that the team lead has paused is a warning.", source="O", effect="warns", codes=("paused",))
@rule("A meeting whose list speaks of certain weeks is a warning.", source="O", effect="warns", codes=("weeks-noted",))
def _about_its_date(pathway: Pathway, command: CommitToMeeting, made_on: Day) -> Iterator[Caution]:
    """[G] A dated meeting in the coming week. The first one for the day of release is planned further ahead."""
    if command.date > made_on + WEEK and command.date != pathway.circumstances.release_on:
        yield Caution("more-than-a-week-ahead", "The meeting is more than seven days ahead.")
    if in_utc(command.start) < in_utc(command.made_at):
        yield Caution("already-begun", "The meeting had begun when the commitment was made.")
    if command.status == "closed-for-now":
        yield Caution("closed-for-now", "The meeting is closed for now: ask whether it is held that day.")
    if command.paused:
        yield Caution("paused", "The team lead has paused this meeting from being suggested: talk it over first.")
    if command.weeks_noted:
        yield Caution("weeks-noted", "Its list speaks of certain weeks: make sure that it is held on this day.")


@rule(
    "Less than half an hour between two meetings is a warning, unless one is online.",
    source="O",
    effect="warns",
    codes=("no-time-between",),
)
@rule("A third meeting on one day is a warning.", source="O", effect="warns", codes=("many-on-one-day",))
@rule(
    "A meeting not got to twice is asked about before the third.",
    source="O",
    effect="warns",
    codes=("not-got-there-before",),
)
@rule(
    "More than a week ahead or at the time of another meeting is a warning.",
    source="G",
    effect="warns",
    codes=("clashes",),
    where="Stage 2, step 3",
)
def _about_other_plans(pathway: Pathway, command: CommitToMeeting) -> Iterator[Caution]:
    """[G] Mindful of the client's other commitments. Many meetings are fine; a plan set up to fail is warned about."""
    start, end = in_utc(command.start), in_utc(command.end)
    planned = [made for made in pathway.commitments if made.state == "planned"]
    if any(start < made.end and made.start < end for made in planned):
        yield Caution("clashes", "The client plans to be at another meeting at that time.")
    elif command.format != "online" and any(_no_time_between(made, command) for made in planned):
        yield Caution("no-time-between", "Another planned meeting is less than half an hour before or after this one.")
    if sum(made.date == command.date for made in planned) + 1 >= _MANY_A_DAY:
        yield Caution("many-on-one-day", "This is the third meeting on one day: is that a plan that can work out?")
    there = sorted((m for m in pathway.commitments if m.meeting_id == command.meeting_id), key=lambda made: made.start)
    if len(there) >= _TWICE and all(made.state == "not-attended" for made in there[-_TWICE:]):
        yield Caution(
            "not-got-there-before", "The client did not get to this meeting twice: what would make it easier?"
        )


def _no_time_between(made: Commitment, command: CommitToMeeting) -> bool:
    start, end = in_utc(command.start), in_utc(command.end)
    return timedelta() <= start - made.end < _ON_THE_WAY or timedelta() <= made.start - end < _ON_THE_WAY
