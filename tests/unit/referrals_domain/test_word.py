"""What client or keyworker tell of a meeting, and what is shown of everybody's word."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_attendance import TellWord
from services.referrals.domain.events_attendance import WordTaken
from services.referrals.domain.heard import who_said_what
from services.referrals.domain.history import history
from services.referrals.domain.ids import FactId, MeetingId, WordId
from services.referrals.domain.pathway import Occurred, Pathway, Word
from services.referrals.domain.replay import replay
from services.referrals.domain.vocabulary import ConfirmedOn, NotAttendedReason, Outcome, ReportedBy, Teller
from services.referrals.domain.word import take_word
from services.referrals.publish import publish
from tests.unit.referrals_domain.story import AA, SMART, Story, at, day, standing_fact


def word(
    outcome: Outcome,
    by: Teller = "client",
    *,
    meeting: MeetingId = AA,
    told: datetime | None = None,
    on: ConfirmedOn | None = None,
    reason: NotAttendedReason | None = None,
) -> TellWord:
    """Of Thursday's meeting, at seven; told on Friday unless said otherwise."""
    told = told or at(4)
    said = Word(
        word_id=WordId(uuid4()),
        meeting_id=meeting,
        date=day(3),
        outcome=outcome,
        by=by,
        at=told,
        on=on,
        reason=reason,
    )
    return TellWord(word=said, start=at(3, 19), recorded_at=told)


def taken(command: TellWord, *theirs: Pathway) -> list[WordTaken]:
    answer = take_word(command, theirs)
    assert not isinstance(answer, Refusal)
    return answer


def refused_word(command: TellWord) -> tuple[str, str | None]:
    answer = take_word(command, [Story().pathway])
    assert isinstance(answer, Refusal)
    return answer.code, answer.field


def test_who_says_something_else_of_a_meeting_corrects_what_they_said_before() -> None:
    pathway = Story().pathway
    first, second, third = word("not-attended"), word("attended", told=at(4, 13)), word("not-known", told=at(4, 14))
    corrected: list[UUID | None] = []
    for command in (first, second, third):
        events = taken(command, pathway)
        corrected += [event.corrects for event in events]
        pathway = replay(events, pathway)
    assert corrected == [None, first.word.word_id, second.word.word_id]
    assert [said.outcome for said in pathway.words_about(Occurred(AA, day(3)))] == ["not-known"]


def test_another_person_or_another_meeting_is_not_corrected() -> None:
    story = Story()
    pathway = replay(taken(word("not-attended"), story.pathway), story.pathway)
    for command in (word("attended", "keyworker"), word("attended", meeting=SMART)):
        [event] = taken(command, pathway)
        assert event.corrects is None


def test_what_was_said_on_the_persons_other_pathway_is_corrected_too() -> None:
    story, other = Story(), Story("family")
    first = word("not-attended")
    pathway = replay(taken(first, story.pathway), story.pathway)
    [event] = taken(word("attended"), pathway, other.pathway)
    assert event.corrects == first.word.word_id


def test_said_again_it_is_no_other_word_a_reason_may_be_added_to_it() -> None:
    pathway = Story().pathway
    first = word("not-attended")
    pathway = replay(taken(first, pathway), pathway)
    assert taken(word("not-attended"), pathway) == []
    [event] = taken(word("not-attended", reason="ill"), pathway)
    assert (event.word.word_id, event.word.reason, event.corrects) == (first.word.word_id, "ill", None)
    assert taken(word("not-attended"), replay([event], pathway)) == []


def test_nothing_is_said_of_a_meeting_that_has_not_begun() -> None:
    pathway = Story().pathway
    assert refused_word(word("attended", told=at(3, 17))) == ("not-begun", "outcome")
    assert taken(word("attended", told=at(3, 18, 30)), pathway)


def test_only_who_did_not_go_has_a_reason_for_it() -> None:
    for outcome in ("attended", "not-known"):
        assert refused_word(word(outcome, reason="ill")) == ("reason-for-going", "reason")
    assert taken(word("not-attended", reason="chose-not-to"), Story().pathway)


def test_a_word_bumps_no_version_that_others_pages_go_by_and_stays_in_the_house() -> None:
    pathway = Story().pathway
    events = taken(word("not-attended", reason="ill"), pathway)
    after = replay(events, pathway)
    assert after.commands_version == pathway.commands_version
    assert [publish(event, after) for event in events] == [[]]


def test_where_sources_disagree_who_said_what_and_when_is_shown() -> None:
    story = Story()
    story.events += taken(word("attended", on=None), story.pathway)
    told(story, "not-attended", "emitter", stands="not-attended", hour=20)
    told(story, "attended", "client", stands="attended", hour=22)
    heard = who_said_what(story.events, story.pathway)[Occurred(AA, day(3))]
    assert [(one.by, one.outcome, one.at) for one in heard] == [
        ("emitter", "not-attended", at(3, 20)),
        ("client", "attended", at(3, 22)),
    ]
    assert [one.word and one.word.outcome for one in heard] == [None, "attended"]


def test_the_history_tells_what_another_reported_beside_what_stands() -> None:
    story = Story()
    told(story, "attended", "client", stands="attended", hour=20)
    told(story, "not-attended", "emitter", stands="attended", hour=22)
    assert [line.words for line in history(story.events)][1:] == [
        "The meeting on 5 November 2026: went",
        "The meeting on 5 November 2026: went; somebody else reported: did not go",
    ]


def test_what_was_corrected_is_shown_no_more() -> None:
    story = Story()
    first = told(story, "not-attended", "client", stands="not-attended", hour=20)
    fact = replace(standing_fact(AA, at(3, 19), "attended"), said="attended", said_by="client", corrects=first)
    story.tell(fact)
    [heard] = who_said_what(story.events, story.pathway)[Occurred(AA, day(3))]
    assert heard.outcome == "attended"


def told(story: Story, said: Outcome, by: ReportedBy, *, stands: Outcome, hour: int) -> FactId:
    fact = standing_fact(AA, at(3, 19), stands, disagreement=said != stands, observed=at(3, hour))
    fact = replace(fact, said=said, said_by=by)
    story.tell(fact)
    return fact.fact_id
