"""Open Referral UK, 3.0 and 1.0: what councils publish of all the services near them, few of which are mutual aid.

Read are whole services (`/services/{id}`), alone, in a list, or as pages of one (`contents`, 1.0: `content`). A service
whose organisation we do not know is passed over unless it sounds like mutual aid. Contacts and their telephones are
not read.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from services.referrals.feeds import values
from services.referrals.feeds.lines import gather, json_of, listed
from services.referrals.feeds.open_referral_edition import Edition, edition_of, inside, one_inside, schedules_at
from services.referrals.feeds.open_referral_pages import WRAPPERS, arrived, number_of
from services.referrals.feeds.open_referral_place import Place
from services.referrals.feeds.open_referral_times import Time, times
from services.referrals.feeds.parsed import BrokenFeed, Parsed, Source, Unreadable
from services.referrals.feeds.recognition import may_be_mutual_aid, recognised
from services.referrals.feeds.values import Line
from shared.meetings import Meeting, Organisation, Status, meeting_id

_STATUSES: dict[str, Status] = {"": "active", "active": "active", "temporarily closed": "closed-for-now"}
_GONE = ("inactive", "defunct")
_NO_MUTUAL_AID, _ENDED = "no mutual aid by name", "passed over"
_NO_MEETING = re.compile(r"\b(?:help|phone|advice)[ -]?lines?\b", re.IGNORECASE)


def read(text: str, source: Source, formats: str | None) -> Parsed:
    """BrokenFeed when it is one page of several: the services on the others would be taken for gone."""
    passed_over: Counter[str] = Counter()
    parsed = gather(enumerate(_services(text), 1), partial(_meetings, source=source, passed_over=passed_over), "id")
    return replace(parsed, notes=tuple(_passed_over(passed_over)))


def _passed_over(counted: Counter[str]) -> Iterator[str]:
    """In sentences: what a council publishes may well hold no mutual aid, and then nothing else would say why."""
    for why, one, several in (
        (_NO_MUTUAL_AID, "service was passed over: it is", "services were passed over: they are"),
        (_ENDED, "service has ended and was", "services have ended and were"),
    ):
        if many := counted[why]:
            yield f"{many:,} {one if many == 1 else several} {why}."


def _services(text: str) -> list[object]:
    answer = json_of(text)
    if not isinstance(answer, dict):
        return listed(answer)
    for wrapper, (pages, items) in WRAPPERS.items():
        if wrapper in answer:
            if str(answer.get(pages) or 1) != "1":
                raise BrokenFeed("one-page", "It is one page of several; bring the services of all pages in one list.")
            services, said = listed(answer[wrapper]), number_of(answer, items) or 0
            if (there := arrived(services)) < said:
                raise BrokenFeed("not-whole", f"It says that it has {said} services, and has {there}.")
            return services
    return listed([answer] if "id" in answer and "name" in answer else None)


def _meetings(service: Line, source: Source, passed_over: Counter[str]) -> list[Meeting]:
    """None of a service that has ended or is something else, which is counted: one that was listed is gone then."""
    edition, status = edition_of(service), values.raw(service, "status").lower()
    organisation = None if status in _GONE else _organisation(service, edition)
    if organisation is None:
        passed_over[_ENDED if status in _GONE else _NO_MUTUAL_AID] += 1
        return []
    if status not in _STATUSES:
        raise Unreadable("status", f"{values.shown(status)} is not active, inactive, defunct or temporarily closed")
    own_id = values.source_id(service, "id")
    found = [
        _meeting(service, place, when, organisation=organisation, source=source, own_id=f"{own_id}/{part}")
        for place, when, part in _sittings(service, edition, source)
    ]
    passed_over[_ENDED] += not found
    return found


def _organisation(service: Line, edition: Edition) -> Organisation | None:
    """By the service's name, its organisation's, or what it is classified as. Descriptions name others too."""
    terms = (one_inside(each, edition.term) for each in inside(service, edition.classifications))
    parts = (service, one_inside(service, "organization"), *terms)
    names = [name for part in parts if (name := values.raw(part, "name"))]
    organisation = recognised(names)
    if organisation is None and may_be_mutual_aid(names):
        raise Unreadable("organisation", "sounds like mutual aid, but is none that is known by name")
    if organisation and _NO_MEETING.search(names[0]):
        raise Unreadable("name", "is a line to call by its name, not a meeting")
    return organisation


def _sittings(service: Line, edition: Edition, source: Source) -> Iterator[tuple[Place, Time, str]]:
    """Where, when, and that part of the id: `<location>.<weekday>`, with `-2` for a second one on the same day."""
    places = inside(service, "service_at_locations")
    if not places:
        raise Unreadable("service_at_locations", "is missing: where it meets is not said")
    seen: Counter[str] = Counter()
    for at in places:
        own = schedules_at(at, edition)
        if not own and len(places) > 1:
            raise Unreadable(edition.schedules, "are of several places together: which is when is not said")
        place = Place.read(at, edition)
        for when in times(own or inside(service, edition.schedules), source):
            part = f"{place.location_id}.{when.days.weekday}"
            seen[part] += 1
            yield place, when, part if seen[part] == 1 else f"{part}-{seen[part]}"


def _meeting(
    service: Line, place: Place, when: Time, *, organisation: Organisation, source: Source, own_id: str
) -> Meeting:
    latitude, longitude = place.coordinates(when.time_zone)
    remarks = {"alert": values.raw(service, "alert"), "place": place.remarks, "when": when.remarks}
    return Meeting(
        meeting_id=meeting_id(source.feed, own_id),
        feed=source.feed,
        source_id=own_id,
        name=values.needed(service, "name", values.NAME),
        organisation=organisation.code,
        format=place.format,
        place_name=place.name,
        address=place.address,
        finding_the_door=values.prose(remarks, *remarks, limit=values.DOOR),
        latitude=latitude,
        longitude=longitude,
        online_link=place.online_link,
        weekday=when.days.weekday,
        start=when.start,
        length=when.length,
        time_zone=when.time_zone,
        audience=organisation.audience,
        for_what=organisation.for_what,
        status=_STATUSES[values.raw(service, "status").lower()],
        in_feed_on=source.on,
        every_weeks=when.days.every_weeks,
        counted_from=when.days.counted_from,
        weeks_of_month=when.days.weeks_of_month,
    )
