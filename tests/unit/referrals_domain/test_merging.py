"""Two people, one session: what becomes of what each of them noted."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.referrals.domain.ids import SessionId
from services.referrals.domain.merging import merged
from services.referrals.domain.pathway import Session
from services.referrals.domain.session_parts import Barrier, Experience, Handout, Needs

AT = datetime(2026, 11, 3, 10, tzinfo=UTC)
AA = Experience(organisation="aa", level="some")
NURSERY = Barrier(kind="childcare", where="Nursery", on=date(2026, 11, 3))


def session(**said: Any) -> Session:  # noqa: ANN401 - any field of a session
    usual: dict[str, Any] = {"session_id": SessionId(UUID(int=1)), "stage": 2, "held_at": AT}
    return Session(**usual | said)


def test_of_two_who_correct_one_session_neither_loses_what_they_noted() -> None:
    base = session(experience=(AA,), concerns=("cost",), barriers=(NURSERY,))
    theirs = replace(base, barriers=(replace(NURSERY, taken_up=True),), concerns=("cost", "childcare"))
    mine = replace(base, how="phone", experience=(replace(AA, perceptions="A cult"),), concerns=("cost", "language"))
    both = merged(base, theirs, mine)
    assert both.how == "phone"
    assert both.experience == (replace(AA, perceptions="A cult"),)
    assert both.barriers == (replace(NURSERY, taken_up=True),)
    assert set(both.concerns) == {"cost", "childcare", "language"}


def test_a_new_session_saved_in_two_windows_has_what_was_ticked_in_either() -> None:
    theirs = session(concerns=("childcare",), needs=Needs(large_print=True))
    mine = session(concerns=("language",), needs=Needs(interpreter=True), risks=("crisis",))
    both = merged(None, theirs, mine)
    assert both.concerns == ("childcare", "language")
    assert both.needs == Needs(large_print=True, interpreter=True)
    assert both.risks == ("crisis",)


def test_own_words_of_both_are_kept() -> None:
    base = session(experience=(AA,))
    theirs = session(experience=(replace(AA, perceptions="Kind people"),))
    mine = session(experience=(replace(AA, perceptions="Too far"),))
    assert merged(base, theirs, mine).experience[0].perceptions == "Kind people\nToo far"


@pytest.mark.parametrize("who", ["theirs", "mine"])
def test_what_one_took_away_is_gone_if_the_other_left_it_alone(who: str) -> None:
    base = session(concerns=("cost", "safety"), barriers=(NURSERY,), experience=(AA,))
    without = session(concerns=("safety",))
    both = merged(base, without, base) if who == "theirs" else merged(base, base, without)
    assert both == without


def test_what_one_took_away_stays_if_the_other_changed_it() -> None:
    base, changed = session(barriers=(NURSERY,)), session(barriers=(replace(NURSERY, taken_up=False),))
    assert merged(base, session(), changed) == changed
    assert merged(base, changed, session()) == changed


HANDOUTS = [Handout(number=number, state="given", date=AT.date()) for number in (1, 2, 3)]
SESSIONS = some.builds(
    session,
    stage=some.sampled_from([1, 2, 3]),
    how=some.sampled_from([None, "phone", "video"]),
    concerns=some.lists(some.sampled_from(["cost", "safety", "language"]), unique=True).map(tuple),
    handouts=some.lists(some.sampled_from(HANDOUTS), unique=True).map(tuple),
    experience=some.sampled_from([(), (AA,), (replace(AA, level="none"),)]),
    needs=some.sampled_from([None, Needs(), Needs(language="Polish"), Needs(large_print=True)]),
    barriers=some.sampled_from([(), (NURSERY,), (replace(NURSERY, taken_up=True),)]),
)


@given(base=SESSIONS, changed=SESSIONS)
def test_who_changed_nothing_changes_nothing(base: Session, changed: Session) -> None:
    assert _unordered(merged(base, changed, base)) == _unordered(changed)
    assert _unordered(merged(base, base, changed)) == _unordered(changed)


def _unordered(one: Session) -> Session:
    return replace(one, concerns=tuple(sorted(one.concerns)), handouts=tuple(sorted(one.handouts, key=str)))
