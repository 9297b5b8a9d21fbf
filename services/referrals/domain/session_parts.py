"""What a session may note beside its date and stage. Nothing of it is required: untouched is "not recorded"."""

from dataclasses import dataclass
from datetime import date as Day

from services.referrals.domain.ids import MeetingId
from services.referrals.domain.vocabulary import (
    BarrierKind,
    Concern,
    DidNotFitReason,
    ExperienceLevel,
    HandoutState,
    HowExplained,
    OnwardReferral,
    Topic,
    Way,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """A dated fact: hand-out 1 to 10 was given, read or talked through. In any order, any number of times."""

    number: int
    state: HandoutState
    date: Day
    format: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """Stage 1: past experience of one organisation, and what the client thinks or has heard of it: coded, own words."""

    organisation: str
    level: ExperienceLevel
    perceptions: str | None = None
    concerns: tuple[Concern, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """[G] Stage 1, step 4: reading and communication needs, raised sensitively. All false: asked, and there are none.

    `unread_text`: the client does not read text; hand-outs are gone through together and text messages stop.
    `onward_referral`: a referral for support; "offered, declined" is an answer.
    """

    reading_together: bool = False
    large_print: bool = False
    other_format: str | None = None
    language: str | None = None
    interpreter: bool = False
    unread_text: bool = False
    onward_referral: OnwardReferral | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """[S] How a kind of group sees something, before a first commitment; "knew already" is an answer."""

    topic: Topic
    how: HowExplained


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingPart:
    """[G] Stage 3: a way of taking part in an organisation's meetings, coded, or in the client's own words."""

    organisation: str
    way: Way | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DidNotFit:
    """[S] Why a meeting, or all of an organisation's, did not fit. Shapes the next list; never leaves the service."""

    organisation: str
    reasons: tuple[DidNotFitReason, ...]
    meeting_id: MeetingId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """Signposted, no more: to where, on which day, taken up or not (None: not known yet)."""

    kind: BarrierKind
    where: str
    on: Day
    taken_up: bool | None = None
