"""Rules of what is kept in few words or not at all: what a session, a feed and a pathway have no room for."""

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from services.referrals.directory.local import LocalKnowledge, local_facts
from services.referrals.domain.commands_sessions import HoldSession
from services.referrals.domain.ids import SessionId
from services.referrals.domain.session_parts import Barrier
from services.referrals.domain.sessions import session_of
from services.referrals.domain.stages import suggest_next
from services.referrals.domain.upcasting import NAMES
from services.referrals.feeds import Parsed, compare
from services.referrals.handouts.blocks import Note
from services.referrals.handouts.catalogue import HANDOUTS
from shared.events.catalogue import CATALOGUE
from shared.meetings.occurrences import occurrences
from tests.unit.meeting_builder import a_meeting
from tests.unit.referrals_domain.story import AA, Story, at

SERVICES = Path(__file__).resolve().parents[2] / "services"


def test_a_barrier_is_signposted_with_where_when_and_whether_it_was_taken_up_and_no_more() -> None:
    assert [field.name for field in fields(Barrier)] == ["kind", "where", "on", "taken_up"]
    told = Barrier(kind="childcare", where="Family hub", on=date(2026, 1, 2))
    held = HoldSession(session_id=SessionId(uuid4()), stage=1, held_at=at(1), recorded_at=at(1), barriers=(told,))
    assert session_of(Story().pathway, held).barriers == (told,)


def test_a_key_work_appointment_that_was_not_attended_is_no_outcome_the_pathway_waits_and_commitments_stand() -> None:
    story = Story()
    story.hold(1, at(1))
    story.commit(AA, at(7, 19), at(1))
    assert suggest_next(story.pathway) is not None
    assert [made.state for made in story.pathway.commitments] == ["planned"]
    said = {*NAMES.values(), *CATALOGUE, *(field.name for field in fields(HoldSession))}
    assert [name for name in said if "dna" in str(name).lower() or "missed" in str(name).lower()] == []


def test_nothing_goes_to_probation_and_no_proof_of_attendance_is_issued() -> None:
    """There is no event, no page and no place to send it to that is named so."""
    said = [*map(str, NAMES.values()), *CATALOGUE]
    said += [path.stem for path in SERVICES.rglob("*") if path.suffix in {".py", ".html", ".typ"}]
    assert [name for name in said if any(word in name.lower() for word in ("probation", "proof", "certificate"))] == []


def test_a_feed_that_is_empty_broken_or_thirty_per_cent_smaller_deletes_nothing_and_waits_for_a_person() -> None:
    before = [a_meeting(source_id=str(n)) for n in range(10)]
    for left in ([], before[:7]):
        compared = compare({meeting.meeting_id: meeting for meeting in before}, Parsed(tuple(left), ()))
        assert compared.held is not None
        assert {meeting.status for meeting in compared.gone} <= {"withdrawn"}


def test_who_of_the_team_knows_a_meeting_is_said_with_when_they_last_went() -> None:
    known = LocalKnowledge(known_by=("Kay",), last_went_on=date(2026, 5, 6))
    assert [fact.text for fact in local_facts(known)] == ["Knows it: Kay; last there on 6 May 2026"]
    assert [fact.text for fact in local_facts(replace(known, known_by=()))] == [
        "Somebody of the team was there on 6 May 2026"
    ]


def test_a_meeting_begins_at_its_own_local_time_right_across_the_clock_changes() -> None:
    year = list(occurrences(a_meeting(), date(2026, 1, 1), date(2026, 12, 31)))
    assert {one.start.strftime("%H:%M") for one in year} == {"19:00"}
    assert {one.start.utcoffset() for one in year} == {timedelta(0), timedelta(hours=1)}


def test_that_nobody_writes_down_another_members_story_is_said_where_the_client_writes() -> None:
    for whom in ("self", "family"):
        said = [block for block in HANDOUTS[10, whom].blocks if isinstance(block, Note)]
        assert any("do not write down what others told" in str(note) for note in said), whom
