"""No sequence with what is told of meetings, of the client and of a pause leads out of 3-fama either."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from services.referrals.domain import consents, flags
from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_attendance import TellWord
from services.referrals.domain.commands_client import NoteClientChanged
from services.referrals.domain.ids import MeetingId, WordId
from services.referrals.domain.meeting_changes import note_meeting_paused
from services.referrals.domain.pathway import Word
from services.referrals.domain.vocabulary import ConfirmedOn, NotAttendedReason, Outcome, Teller
from services.referrals.domain.word import take_word
from tests.unit.referrals_domain.story import at
from tests.unit.referrals_domain.test_state_machine import MEETINGS, PathwayMachine, backdated, starts

words = st.builds(
    Word,
    meeting_id=st.sampled_from(MEETINGS),
    outcome=st.sampled_from(get_args(Outcome)),
    by=st.sampled_from(get_args(Teller)),
    on=st.none() | st.sampled_from(get_args(ConfirmedOn)),
    reason=st.none() | st.sampled_from(get_args(NotAttendedReason)),
    # The machine says the rest.
    word_id=st.just(WordId(UUID(int=0))),
    date=st.just(at(0).date()),
    at=st.just(at(0)),
)


class PathwayThatIsToldMachine(PathwayMachine):
    """Words are told to one pathway; nothing stands by them until journal has said so, which is a fact."""

    @rule(word=words, start=starts, back=backdated)
    def tell_word(self, word: Word, start: datetime, back: timedelta) -> None:
        told = replace(word, word_id=WordId(self.mint()), date=start.date(), at=self.now - back)
        command = TellWord(word=told, start=start, recorded_at=self.now)
        answer = take_word(command, [self.pathway])
        if isinstance(answer, Refusal):
            assert answer.code
            assert answer.reason
            return
        stood = (self.pathway.goals, self.pathway.commitments, self.pathway.attendance)
        self.take(list(answer), commands=0)
        assert (self.pathway.goals, self.pathway.commitments, self.pathway.attendance) == stood
        assert len({word.word_id for word in self.pathway.words}) == len(self.pathway.words)

    @precondition(lambda self: self.pathway.words)
    @rule(data=st.data())
    def tell_the_latest_word_again(self, data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(self.pathway.words))
        said = [one for one in self.pathway.words_about(word.occurred) if one.by == word.by]
        if word == max(said, key=lambda one: one.at) and [one.at for one in said].count(word.at) == 1:
            again = replace(word, word_id=WordId(self.mint()))
            command = TellWord(word=again, start=word.at, recorded_at=max(self.now, word.at))
            answer = take_word(command, [self.pathway])
            assert isinstance(answer, Refusal) or answer == []

    @rule(what=st.sampled_from(["consents", "identity", "card"]))
    def client_changes(self, what: Literal["consents", "identity", "card"]) -> None:
        self.command(consents.note_client_changed(self.pathway, NoteClientChanged(what=what, at=self.now)))

    @rule(meeting=st.sampled_from(MEETINGS), paused=st.booleans())
    def meeting_is_paused(self, meeting: MeetingId, paused: bool) -> None:
        self.take(note_meeting_paused(self.pathway, meeting, paused, self.now), commands=0)
        assert note_meeting_paused(self.pathway, meeting, paused, self.now) == []

    @rule(back=backdated)
    def would_like_to_talk(self, back: timedelta) -> None:
        self.take(flags.asked_to_talk(self.pathway, self.now - back), commands=0)


PathwayThatIsToldMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestPathwayThatIsToldMachine = PathwayThatIsToldMachine.TestCase
