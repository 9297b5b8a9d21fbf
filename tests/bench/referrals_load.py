"""What referrals is given for its bench: clients who agreed to share, committed to four meetings, and attended them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from aiokafka import AIOKafkaProducer

from services.referrals.directory.store import listed
from services.referrals.domain.case import Case
from services.referrals.domain.clients import Client
from services.referrals.domain.commands_client import SetRecordsConsent
from services.referrals.domain.commands_commitments import CommitToMeeting
from services.referrals.domain.commands_opening import OpenReferral
from services.referrals.domain.commitments import commit_to_meeting
from services.referrals.domain.consents import set_records_consent
from services.referrals.domain.identity import ClientIdentity, NhsNumber, nhs_number
from services.referrals.domain.ids import ClientId, CommitmentId, GoalId, MeetingId, ReferralId
from services.referrals.domain.opening import open_referral
from services.referrals.domain.replay import replay
from services.referrals.fhir import DEFINITIONS
from services.referrals.handlers.saving import Saving
from services.referrals.store import clients, pathways
from shared.events.envelope import Event
from shared.events.journal import AttendanceRecorded, Standing
from shared.events.kafka import to_record
from shared.events.saying import about_client
from shared.fhir.store.versions import Versions
from shared.meetings import Meeting, meeting_id, occurrence_on
from shared.messaging.topics import make_topics
from shared.storage.database import Database, UnitOfWork

EACH = 4
"""Commitments, and so goals and facts, per client: a week apart."""
CHUNK = 500
SINCE = datetime.now(UTC) - timedelta(weeks=EACH + 1)


@dataclass(frozen=True)
class Known:
    """Clients with their pathways as they stand before the facts, and the meeting of each weekday."""

    cases: list[Case]
    meetings: dict[int, Meeting]


async def know_everybody(database: Database, count: int) -> Known:
    meetings = {day: _meeting(day) for day in range(1, 8)}
    async with database.work() as uow:
        await listed.put(uow.connection, list(meetings.values()))
    saving = Saving(Versions(DEFINITIONS, database.keys.master.derived("fhir|digest")))
    cases: list[Case] = []
    for start in range(0, count, CHUNK):
        chunk = [_case(number, meetings) for number in range(start, min(start + CHUNK, count))]
        await database.keys.ensure({case.pathway.client_id for case in chunk})
        async with database.work() as uow:
            for number, case in enumerate(chunk, start):
                await _add_client(uow, case, number)
                await pathways.add(uow, case)
            await saving.save(uow, chunk, "bench")
        cases += chunk
    async with database.work() as uow:
        await uow.connection.execute("TRUNCATE outbox")
    return Known(cases, meetings)


async def fill(bootstrap: str, prefix: str, known: Known) -> int:
    """Every client attended all their meetings, as journal tells it. Answers how many events that are."""
    await make_topics(bootstrap, prefix)
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, linger_ms=20, max_batch_size=256 * 1024)
    await producer.start()
    count = 0
    try:
        for event in _attended(known):
            record = to_record(event)
            headers = list(record.headers)
            await producer.send(prefix + record.topic, record.value, key=record.key.encode(), headers=headers)
            count += 1
        await producer.flush()
    finally:
        await producer.stop()
    return count


def _attended(known: Known) -> Iterator[Event[AttendanceRecorded]]:
    now = datetime.now(UTC)
    for week in range(EACH):
        for case in known.cases:
            made = case.pathway.commitments[week]
            standing = Standing(outcome="attended", decided_by="emitter", disagreement=False)
            data = AttendanceRecorded(
                fact_id=uuid4(),
                meeting_id=made.meeting_id,
                date=made.date,
                start=made.start,
                outcome="attended",
                reported_by="emitter",
                observed_at=made.end,
                standing=standing,
            )
            whose = {"client": case.pathway.client_id, "provider": "X99", "team": "north"}
            yield about_client("journal", data, **whose, time=made.end, recorded=now)  # type: ignore[misc,arg-type]


def _case(number: int, meetings: dict[int, Meeting]) -> Case:
    """Open, shared with records, with a commitment and its goal a week."""
    opened = OpenReferral(
        referral_id=ReferralId(uuid4()),
        client_id=ClientId(uuid4()),
        provider="X99",
        team="north",
        for_="self",
        for_what=("alcohol",),
        time_zone="Europe/London",
        opened_at=SINCE,
        recorded_at=SINCE,
    )
    events = open_referral(opened)
    assert isinstance(events, list)
    case = Case(replay(events), list(events))
    case.take(set_records_consent(case.pathway, SetRecordsConsent(records=True, at=SINCE)))
    for week in range(EACH):
        made_at = SINCE + timedelta(weeks=week, minutes=1)
        committed = commit_to_meeting(case.pathway, _commitment(made_at, made_at.date() + timedelta(days=2), meetings))
        assert isinstance(committed, list)
        case.take(committed)
    return case


def _commitment(made_at: datetime, day: date, meetings: dict[int, Meeting]) -> CommitToMeeting:
    meeting = meetings[day.isoweekday()]
    occurrence = occurrence_on(meeting, day)
    assert occurrence is not None
    return CommitToMeeting(
        commitment_id=CommitmentId(uuid4()),
        goal_id=GoalId(uuid4()),
        meeting_id=MeetingId(meeting.meeting_id),
        date=day,
        start=occurrence.start,
        end=occurrence.end,
        time_zone=occurrence.time_zone,
        audience=meeting.audience,
        status=meeting.status,
        made_at=made_at,
        recorded_at=made_at,
    )


async def _add_client(uow: UnitOfWork, case: Case, number: int) -> None:
    identity = ClientIdentity(name=f"Client {number}", birth_date=date(1980, 1, 1), nhs_number=_number(number))
    client_id = case.pathway.client_id
    client = Client(
        client_id=client_id,
        provider="X99",
        team="north",
        state="active",
        version=1,
        time_zone="Europe/London",
        peers=False,
        emitters=[],
        card_sha256=None,
        identity=clients.sealed(await uow.keys.of(client_id), identity),
    )
    assert await clients.add(uow, client, identity)


def _number(number: int) -> NhsNumber:
    """Of the test range, another one for each: nine digits have one last digit at most, one in eleven none."""
    nine = f"999{number:06d}"
    found = [valid for last in range(10) if isinstance(valid := nhs_number(f"{nine}{last}"), str)]
    return NhsNumber(found[0]) if found else _number(number + 500_000)


def _meeting(weekday: int) -> Meeting:
    source_id = f"bench-{weekday}"
    return Meeting(
        meeting_id=meeting_id("bench", source_id),
        feed="bench",
        source_id=source_id,
        name=f"Bench {weekday}",
        organisation="smart-recovery",
        format="online",
        weekday=weekday,
        start=time(19),
        length=60,
        time_zone="Europe/London",
        audience="both",
        for_what=("alcohol",),
        status="active",
        in_feed_on=date(2026, 11, 1),
    )
