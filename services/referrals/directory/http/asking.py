"""How somebody says which meetings they ask for: in a query, or as a body."""

import re
from collections.abc import Collection
from datetime import date
from typing import Annotated, Literal, get_args
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from services.referrals.directory.http.places import Place, PlaceInBody, Within, near
from services.referrals.directory.wanted import Free, Near, Wanted
from shared.meetings import ORGANISATIONS, Format, ForWhat
from shared.meetings.kinds import KINDS, is_kind
from shared.meetings.zones import zone

_Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS: tuple[str, ...] = get_args(_Weekday)
_CLOCK = r"([01]\d|2[0-3]):([0-5]\d)"
_FREE = re.compile(rf"(?P<day>[a-z]+) (?P<from>{_CLOCK})-(?P<to>{_CLOCK}|24:00)", re.ASCII)


def _organisation(code: str) -> str:
    if code not in ORGANISATIONS:
        raise ValueError(f"none of {', '.join(ORGANISATIONS)}")
    return code


def _kind(code: str) -> str:
    if not is_kind(code):
        raise ValueError(f"none of {', '.join(KINDS)}, language-…")
    return code


def _zone(name: str) -> str:
    zone(name)
    return name


def _free_time(text: str) -> str:
    said = _FREE.fullmatch(text)
    if said is None or said["day"] not in _WEEKDAYS:
        raise ValueError("a time is a day, from and to: tuesday 18:00-21:30")
    if said["to"] <= said["from"]:
        raise ValueError("it ends before it begins; over midnight are two times, the first to 24:00")
    return text


def _free(text: str) -> Free:
    day, times = text.split(" ")
    from_, to = (int(time[:2]) * 60 + int(time[3:]) for time in times.split("-"))
    return Free(_WEEKDAYS.index(day) + 1, from_, to)


_Organisation = Annotated[str, AfterValidator(_organisation)]
_Kind = Annotated[str, AfterValidator(_kind)]


class MeetingsIn(BaseModel):
    """What is left out means any; what may be said several times means one of them (of `kind`: all of them).

    - `audience`: self or family finds meetings for both as well
    - `kind`: also women, secular, newcomer, wheelchair, language-cy
    - `prefer`: kinds that come first, in the order in which they are named, and leave nothing out
    - `leaveOut`: organisations that are not shown
    - `free`: when the client has time, as `tuesday 18:00-21:30`, by the clocks of `timeZone`, else of the meeting
    - `from`, `to`: local dates where the meeting is, both included; else the coming seven days
    - `near`: latitude,longitude, and `within` so many kilometres; finds nothing that is only online, unless `orOnline`
      says that it may be joined from home as well. It is kept nowhere
    """

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True)

    organisation: list[_Organisation] | None = None
    leave_out: list[_Organisation] = []
    format: list[Format] | None = None
    audience: Literal["self", "family"] | None = None
    for_what: list[ForWhat] | None = None
    kind: list[_Kind] = []
    prefer: Annotated[list[_Kind], Field(max_length=5)] = []
    day: list[_Weekday] | None = None
    free: Annotated[list[Annotated[str, AfterValidator(_free_time)]] | None, Field(max_length=50)] = None
    time_zone: Annotated[str, AfterValidator(_zone)] | None = None
    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None
    near: Place | None = None
    within: Within = 10
    or_online: bool = False
    limit: Annotated[int, Field(ge=1, le=500)] = 50

    def wanted(self, place: Near | None = None, among: Collection[UUID] | None = None) -> Wanted:
        """`place`: where `near` is, if that has been looked up; `among`: those that have a name that was asked for."""
        return Wanted(
            organisations=self.organisation,
            leave_out=self.leave_out,
            formats=self.format,
            audience=self.audience,
            for_what=self.for_what,
            kinds=self.kind,
            preferred=self.prefer,
            weekdays=[_WEEKDAYS.index(name) + 1 for name in self.day] if self.day else None,
            free=[_free(text) for text in self.free] if self.free else None,
            free_zone=self.time_zone,
            from_=self.from_,
            to=self.to,
            near=place or (near(self.near, self.within) if self.near else None),
            or_online=self.or_online,
            among=among,
            limit=self.limit,
        )


class MeetingsBody(MeetingsIn):
    """The same as a body; here `near` may also be a postcode or a town, as nothing on the way writes a body down."""

    near: PlaceInBody | None = None
