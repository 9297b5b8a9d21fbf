"""What a fictional person's story is made of. Days count from the day on which the referral was opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

HandoutState = Literal["given", "read", "talked-through"]
Outcome = Literal["attended", "not-attended", "not-known"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`goals` are agreed in it, each with the day on which it is due. What is empty is "not recorded".

    `also`: further parts as the door has them. `lapse`: the day of one. `barriers`: what for, and where to; that day.
    """

    day: int
    stage: int
    at: str = "14:00"
    how: str | None = None
    present: Sequence[str] = ()
    handouts: Sequence[tuple[int, HandoutState]] = ()
    experience: Sequence[tuple[str, str]] = ()
    concerns: Sequence[str] = ()
    goals: Sequence[tuple[str, int]] = ()
    also: Mapping[str, Any] = field(default_factory=dict)
    lapse: int | None = None
    barriers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A goal that is suggested and not agreed yet."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalEnded:
    """Because the client or the keyworker says so."""

    kind: str
    outcome: Literal["achieved", "not-achieved", "dropped"]
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The first meeting after that day, by its id in the UK list."""

    meeting: str
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Made on the day after which the meeting is."""

    to: Dated
    at: str = "14:40"


@dataclass(frozen=True, slots=True, kw_only=True)
class WentTogether:
    """To a meeting that is planned; `with_` is what the peer supporter is known as."""

    to: Dated
    with_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a system says of a meeting; a correction replaces what it said before of the same one.

    `by`: the check-in system, or the app in which clients say for themselves whether they went.
    """

    of: Dated
    outcome: Outcome = "attended"
    correction: bool = False
    by: Literal["emitter", "client"] = "emitter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    kind: str
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """As the door has them; `release_for`: the day of release is that of this meeting."""

    said: Mapping[str, Any]
    release_for: Dated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How reminders may reach them."""

    name_to_use: str
    email: str | None
    purposes: Sequence[str] = ("meeting-reminders", "check-ins")


Step = Session | Proposal | GoalEnded | Commitment | WentTogether | Word | Ending | Reopening | Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`key` is our own name for it. The keyworker's team is the client's; `opened` is so many days ago.

    `nth`: which of the person's referrals of the same kind it is. `treatment_return`: agreed to be in it.
    """

    key: str
    name: str
    birth_date: str
    keyworker: Literal["kay", "sam", "tess", "zoe"] = "kay"
    nhs_number: str | None = None
    for_: Literal["self", "family"] = "self"
    for_what: Sequence[str] = ("alcohol",)
    opened: int
    nth: int = 0
    records: bool = True
    emitters: bool = True
    treatment_return: bool = False
    contact: Contact | None = None
    steps: Sequence[Step] = field(default=())
