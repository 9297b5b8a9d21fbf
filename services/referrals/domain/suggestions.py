"""What is worth doing besides the next stage: nothing here is a task, and nothing of it is ever overdue."""

from collections.abc import Iterator
from datetime import date as Day
from datetime import datetime

from services.referrals.domain.kinds_of_group import called
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.release import release_day
from services.referrals.domain.rules import rule
from services.referrals.domain.suggested import Suggested
from services.referrals.domain.taking_part import WORDS, takes_part
from services.referrals.domain.when import WEEK, local_day

_SEVERAL = 3


def suggestions(pathway: Pathway, now: datetime) -> list[Suggested]:
    """None after an ending."""
    if pathway.state == "ended":
        return []
    today = local_day(now, pathway.time_zone)
    return [
        *_lapse(pathway),
        *release_day(pathway, today),
        *_many_meetings(pathway, today),
        *_next_ways(pathway),
    ]


def _lapse(pathway: Pathway) -> Iterator[Suggested]:
    """A lapse brings the next contact forward; it closes nothing and fails no goal."""
    if any(flag.code == "lapse" for flag in pathway.flags):
        yield Suggested("contact-sooner", "A lapse was noted: bring the next contact forward. Plans and goals stand.")


@rule("A meeting on each day of the week is encouraged without a warning.", source="O", effect="suggests")
def _many_meetings(pathway: Pathway, today: Day) -> Iterator[Suggested]:
    """Many meetings a week are encouraged."""
    coming = [made for made in pathway.commitments if made.state == "planned" and today <= made.date <= today + WEEK]
    if len(coming) >= _SEVERAL:
        yield Suggested("many-meetings", f"{len(coming)} meetings are planned for the coming week: going often helps.")


def _next_ways(pathway: Pathway) -> Iterator[Suggested]:
    """[G] Stage 3 can go deeper: the next way of taking part, per organisation."""
    for one in takes_part(pathway):
        if one.next_way:
            words = f"{called(one.organisation)}: next could be to {WORDS[one.next_way]}."
            yield Suggested("next-way", words)
