"""The only list of event types: name, data, topic, who says it. JSON Schemas and samples come from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.events import deadletters, directory, journal, referrals, reminders
from shared.events.contract import Contract

REFERRALS = "fama.referrals"
CLIENTS = "fama.clients"
ATTENDANCE = "fama.attendance"
REMINDERS = "fama.reminders"
DIRECTORY = "fama.directory"
SYSTEMS = "fama.systems"
INTAKE = "fama.attendance.intake"
DEADLETTERS = "fama.deadletters"
COMPACTED = frozenset({CLIENTS, DIRECTORY, SYSTEMS})


@dataclass(frozen=True, slots=True)
class EventType:
    """`name` is the whole type; `said_by` the service that alone may say it (none: an emitter)."""

    name: str
    data: type[Contract]
    topic: str
    said_by: str | None
    personal: bool

    @property
    def schema(self) -> str:
        return f"https://famalink.example/events/{self.name}.json"


def _types(topic: str, said_by: str, *pairs: tuple[str, type[Contract]], personal: bool = True) -> Iterable[EventType]:
    return [EventType(f"uk.famalink.{said_by}.{name}.v1", data, topic, said_by, personal) for name, data in pairs]


_ALL = (
    *_types(
        REFERRALS,
        "referrals",
        ("referral.opened", referrals.ReferralOpened),
        ("referral.ended", referrals.ReferralEnded),
        ("referral.reopened", referrals.ReferralReopened),
        ("referral.handed-over", referrals.ReferralHandedOver),
        ("session.held", referrals.SessionHeld),
        ("session.corrected", referrals.SessionCorrected),
        ("commitment.made", referrals.CommitmentMade),
        ("commitment.withdrawn", referrals.CommitmentWithdrawn),
        ("commitment.outcome-noted", referrals.CommitmentOutcomeNoted),
        ("goal.proposed", referrals.GoalProposed),
        ("goal.agreed", referrals.GoalAgreed),
        ("goal.achieved", referrals.GoalAchieved),
        ("goal.not-achieved", referrals.GoalNotAchieved),
        ("goal.dropped", referrals.GoalDropped),
        ("goal.resumed", referrals.GoalResumed),
        ("company.asked", referrals.CompanyAsked),
        ("company.offered", referrals.CompanyOffered),
        ("company.agreed", referrals.CompanyAgreed),
        ("company.went", referrals.CompanyWent),
        ("company.fell-through", referrals.CompanyFellThrough),
    ),
    *_types(CLIENTS, "referrals", ("client.known", referrals.ClientKnown)),
    *_types(
        ATTENDANCE,
        "journal",
        ("attendance.recorded", journal.AttendanceRecorded),
        ("attendance.corrected", journal.AttendanceCorrected),
        ("entry.shown", journal.EntryShown),
        ("entry.taken-back", journal.EntryTakenBack),
        ("talk.asked-for", journal.TalkAskedFor),
    ),
    *_types(
        REMINDERS,
        "reminders",
        ("message.planned", reminders.MessagePlanned),
        ("message.sent", reminders.MessageSent),
        ("message.cancelled", reminders.MessageCancelled),
        ("message.expired", reminders.MessageExpired),
        ("message.undeliverable", reminders.MessageUndeliverable),
        ("message.unconfirmed", reminders.MessageUnconfirmed),
    ),
    *_types(
        DIRECTORY,
        "referrals",
        ("meeting.listed", directory.MeetingListed),
        ("meeting.paused", directory.MeetingPaused),
        ("meeting.resumed", directory.MeetingResumed),
        personal=False,
    ),
    *_types(SYSTEMS, "referrals", ("system.registered", referrals.SystemRegistered), personal=False),
    EventType("uk.famalink.journal.attendance.reported.v1", journal.AttendanceReported, INTAKE, None, True),
    *(
        EventType(
            f"uk.famalink.{service}.event.dead-lettered.v1", deadletters.EventDeadLettered, DEADLETTERS, service, False
        )
        for service in ("referrals", "journal", "reminders")
    ),
)

CATALOGUE = {event_type.name: event_type for event_type in _ALL}
_BY_DATA = {(event_type.data, event_type.said_by): event_type for event_type in _ALL}


def type_of(data: type[Contract], said_by: str | None) -> EventType:
    """The catalogue's entry for a model as this service says it."""
    return _BY_DATA[data, said_by]
