"""Choosing for one client: what is minded, and what is said of each meeting because of it (3-fama). Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.referrals.directory.facts import Fact, on_day
from services.referrals.directory.fitting_words import in_words
from services.referrals.directory.organisations import ORGANISATIONS
from services.referrals.directory.remembered import Remembered, remembered
from services.referrals.directory.wanted import AHEAD, Minding, Wanted
from services.referrals.domain.needs import needs_now
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import local_day
from services.referrals.domain.young import lead_has_agreed, under_18
from shared.meetings import Meeting
from shared.meetings.languages import LANGUAGES

_SAFETY = "Safety, dignity, privacy"


@dataclass(frozen=True, slots=True)
class ForClient:
    """One pathway's client today. `young`: adult meetings are not for them, as nobody has agreed to it by name."""

    pathway: Pathway
    remembered: Remembered
    young: bool
    today: date

    @classmethod
    def of(cls, pathway: Pathway, all_of_it: Sequence[Pathway], birth_date: date, today: date) -> "ForClient":
        """`all_of_it`: every pathway of the client, of which only those of the same `for` say something here."""
        alike = [each for each in all_of_it if each.for_ == pathway.for_]
        agreed = lead_has_agreed(pathway.circumstances)
        return cls(pathway, remembered(alike), under_18(birth_date, today) and not agreed, today)

    @property
    def released_later(self) -> date | None:
        """[S] The first meeting is for the day itself."""
        day = self.pathway.circumstances.release_on
        return day if day and day > self.today else None


@rule("Whom it is for and for what follow from the pathway.", source="O", effect="keeps", because="privacy")
@rule("Before a release the list begins on its day.", source="S", effect="suggests", where=_SAFETY)
@rule(
    "An interpreter is asked about at a closed meeting and the own language comes first.",
    source="S",
    effect="suggests",
    where=_SAFETY,
)
def wanted_for(client: ForClient, asked: Wanted) -> Wanted:
    """What was left open follows from the pathway: who it is for, for what, whose clocks, from which day."""
    pathway = client.pathway
    open_dates = client.released_later and not asked.between_dates
    language = (needs.language or "").lower() if (needs := needs_now(pathway)) else ""
    own_language = (f"language-{language}",) if language in LANGUAGES and language != "en" else ()
    return replace(
        asked,
        audience=pathway.for_,
        for_what=asked.for_what or pathway.for_what or None,
        free_zone=asked.free_zone or pathway.time_zone,
        preferred=tuple(dict.fromkeys((*asked.preferred, *own_language))),
        from_=client.released_later if open_dates else asked.from_,
        to=client.released_later + AHEAD if open_dates and client.released_later else asked.to,
    )


@rule(
    "Somebody under 18 is shown young people's meetings until the safeguarding lead agrees by name.",
    source="O",
    effect="keeps",
    because="safety",
    where=_SAFETY,
)
@rule("That it is for the young is never relaxed.", source="O", effect="keeps", because="safety", where=_SAFETY)
@rule("One where the client was not safe is left out.", source="O", effect="keeps", because="safety")
@rule(
    "Where somebody goes who is kept apart is left out without a word.",
    source="O",
    effect="keeps",
    because="privacy",
    where=_SAFETY,
)
@rule("Where the client went before comes first.", source="O", effect="suggests")
@rule("The kind of group that is preferred and one known well come first.", source="G", effect="suggests")
@rule("A co-occurring condition brings the fellowships made for it.", source="O", effect="suggests", where=_SAFETY)
def minding_of(client: ForClient, apart: Collection[UUID]) -> Minding:
    """`apart`: where somebody plans to go who is kept apart from the client."""
    known = client.remembered
    kept_from = {meeting for meeting, not_fitting in known.meetings.items() if not_fitting.kept_from}
    preferred = {known.preferred} if known.preferred else set()
    return Minding(
        left_out=frozenset({*apart, *kept_from}),
        under_18=client.young,
        last=known.meetings.keys() - kept_from,
        last_organisations=known.organisations.keys() - preferred,
        first=known.went.keys(),
        first_organisations=(known.known_well | preferred) - known.organisations.keys() | preferred,
        co_occurring=known.co_occurring,
    )


@rule("A meeting that did not fit comes last with the reason in words.", source="S", effect="suggests")
@rule(
    "An organisation that did not fit comes last and so does one of which two meetings did not.",
    source="S",
    effect="suggests",
)
def notes_on(client: ForClient, meeting: Meeting) -> Iterator[Fact]:
    """For the keyworker, before what is known of the meeting itself."""
    known = client.remembered
    if not_fitting := known.meetings.get(meeting.meeting_id):
        told = f"Did not fit: {in_words(not_fitting.reasons)} (said on {on_day(not_fitting.on)})"
        yield Fact("did-not-fit", told)
    elif not_fitting := known.organisations.get(meeting.organisation):
        organisation = ORGANISATIONS[meeting.organisation].label
        told = f"{organisation} did not fit: {in_words(not_fitting.reasons)} (said on {on_day(not_fitting.on)})"
        yield Fact("organisation-did-not-fit", told)
    if went := known.went.get(meeting.meeting_id):
        yield Fact("went-before", f"The client was there on {on_day(went)}")
    if meeting.organisation == known.preferred:
        yield Fact("preferred", "The kind of group that the client prefers")
    if known.co_occurring and ORGANISATIONS[meeting.organisation].co_occurring:
        yield Fact("co-occurring-fellowship", "Made for people who also have a mental health condition")
    needs = needs_now(client.pathway)
    if needs and needs.interpreter and "closed" in meeting.kinds:
        yield Fact("ask-for-interpreter", "Closed: ask the group before an interpreter comes along")


def notices(client: ForClient) -> Iterator[Fact]:
    """Of the whole list, before anything in it."""
    if client.young:
        told = "Under 18: only young people's and Alateen meetings, unless the safeguarding lead agrees by name"
        yield Fact("under-18", told)
    if day := client.released_later:
        yield Fact("release", f"From the day of release, {on_day(day)}")
    if client.remembered.co_occurring:
        yield Fact("co-occurring", "Groups made for people who also have a mental health condition come first")


def today_of(pathway: Pathway, now: datetime) -> date:
    return local_day(now, pathway.time_zone)
