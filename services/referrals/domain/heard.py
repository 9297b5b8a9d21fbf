"""Who said what of a meeting: shown beside what stands, so that a disagreement can be talked about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.referrals.domain.events import Event
from services.referrals.domain.events_attendance import AttendanceNoted
from services.referrals.domain.ids import FactId
from services.referrals.domain.pathway import Occurred, Pathway, Word
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import Outcome, ReportedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """`at`: when it was observed. `word`: what was told here beside the outcome; none of what others reported."""

    by: ReportedBy
    outcome: Outcome
    at: datetime
    word: Word | None = None


@rule("Where sources disagree, who said what and when is shown.", source="O", effect="keeps")
def who_said_what(events: Iterable[Event], pathway: Pathway) -> Mapping[Occurred, Sequence[Heard]]:
    """In the order in which it was learned, without what was corrected. `events`: all of the pathway's."""
    facts: defaultdict[Occurred, dict[FactId, Heard]] = defaultdict(dict)
    for event in events:
        if isinstance(event, AttendanceNoted):
            about = facts[Occurred(event.meeting_id, event.date)]
            if event.corrects:
                about.pop(event.corrects, None)
            if event.said and event.said_by:
                word = _told_here(event, pathway)
                about[event.fact_id] = Heard(by=event.said_by, outcome=event.said, at=event.at, word=word)
    return {occurred: list(about.values()) for occurred, about in facts.items()}


def _told_here(event: AttendanceNoted, pathway: Pathway) -> Word | None:
    words = pathway.words_about(Occurred(event.meeting_id, event.date))
    return next((word for word in words if (word.by, word.outcome) == (event.said_by, event.said)), None)
