"""A session's page and the session it stands for: the same both ways, and each refusal at its field."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.referrals.domain.answers import Refusal
from services.referrals.domain.case import Case
from services.referrals.domain.commands_opening import OpenReferral
from services.referrals.domain.ids import ClientId, MeetingId, ReferralId, SessionId
from services.referrals.domain.opening import open_referral
from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.replay import replay
from services.referrals.domain.session_parts import (
    Barrier,
    DidNotFit,
    Experience,
    Explained,
    Handout,
    Needs,
    TakingPart,
)
from services.referrals.domain.sessions import correct_session, hold_session
from services.referrals.pages import session_typed
from services.referrals.pages.forms import Form
from services.referrals.pages.session_form import at_their_fields, places, session_in
from shared.problems import Problem, Refused

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
HELD = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PARTS = ("day", "month", "year")
SESSION = SessionId(uuid4())
FULL = Session(
    session_id=SESSION,
    stage=3,
    held_at=HELD,
    how="video",
    present=("partner", "interpreter"),
    handouts=(
        Handout(number=1, state="given", date=date(2026, 11, 20)),
        Handout(number=5, state="talked-through", date=date(2026, 11, 18), format="audio", language="pl"),
        Handout(number=7, state="filled-in", date=date(2026, 11, 20)),
    ),
    experience=(
        Experience(organisation="aa", level="years-then-relapse", perceptions="Kind people.", concerns=("cost",)),
        Experience(organisation="lifering", level="none"),
    ),
    concerns=("childcare", "going-alone"),
    needs=Needs(large_print=True, language="pl", onward_referral="offered-declined"),
    explained=(Explained(topic="sponsorship", how="knew-already"),),
    taking_part=(
        TakingPart(organisation="aa", way="home-group"),
        TakingPart(organisation="aa", words="Makes the tea."),
    ),
    did_not_fit=(DidNotFit(organisation="na", reasons=("size", "judged"), meeting_id=MeetingId(uuid4())),),
    risks=("crisis",),
    lapse_on=date(2026, 11, 12),
    barriers=(Barrier(kind="transport", where="Bus pass office", on=date(2026, 11, 19), taken_up=False),),
    preferred_organisation="smart-recovery",
)


def opened(**changed: Any) -> Pathway:  # noqa: ANN401 - as in OpenReferral
    asked: dict[str, Any] = {
        "referral_id": ReferralId(uuid4()),
        "client_id": ClientId(uuid4()),
        "provider": "X99",
        "team": "north",
        "for_": "self",
        "for_what": ("alcohol", "drug"),
        "time_zone": "Europe/London",
        "opened_at": NOW - timedelta(days=30),
        "recorded_at": NOW,
    }
    events = open_referral(OpenReferral(**asked | changed), [])
    assert isinstance(events, list)
    return replay(events)


def with_full_session() -> Pathway:
    return replace(opened(), sessions=(FULL,))


def refused(**typed: str | list[str]) -> list[tuple[str, str]]:
    blank = session_typed.blank(opened(), NOW)
    said = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
    with pytest.raises(Refused) as raised:
        session_in(Form({**blank, **said}), opened(), NOW)
    return [(problem.field, problem.code) for problem in raised.value.problems]


def test_what_is_recorded_is_on_the_page_and_correcting_nothing_changes_nothing() -> None:
    pathway = with_full_session()
    form = Form(session_typed.recorded(FULL, pathway))
    command = session_in(form, pathway, NOW, FULL).command(SESSION, NOW)
    case = Case(pathway)
    case.take(correct_session(pathway, command))  # type: ignore[arg-type]
    assert case.pathway.session(SESSION) == FULL


def test_a_blank_page_is_todays_session_of_the_suggested_stage_with_nothing_recorded() -> None:
    pathway = opened()
    command = session_in(Form(session_typed.blank(pathway, NOW)), pathway, NOW).command(SESSION, NOW)
    held = hold_session(pathway, command)
    assert isinstance(held, list)
    assert replay(held, pathway).sessions == (Session(session_id=SESSION, stage=1, held_at=NOW),)


def test_of_another_day_only_the_day_is_known_so_it_was_at_noon() -> None:
    typed = {"stage": ["2"], "heldAt-day": ["3"], "heldAt-month": ["11"], "heldAt-year": ["2026"]}
    assert session_in(Form(typed), opened(), NOW).held_at == datetime(2026, 11, 3, 12, tzinfo=UTC)


def test_on_the_day_of_the_ending_it_was_before_the_ending() -> None:
    pathway = replace(opened(), state="ended", ending="engaged", ended_at=datetime(2026, 11, 10, 16, tzinfo=UTC))
    command = session_in(Form(session_typed.blank(pathway, NOW) | {"stage": ["3"]}), pathway, NOW).command(SESSION, NOW)
    held = hold_session(pathway, command)
    assert isinstance(held, list)
    assert replay(held, pathway).sessions[0].held_at.date() == date(2026, 11, 10)


def test_on_the_day_of_the_opening_it_was_not_before_the_opening() -> None:
    pathway = opened(opened_at=datetime(2026, 11, 3, 16, tzinfo=UTC))
    typed = {"stage": ["1"], "heldAt-day": ["3"], "heldAt-month": ["11"], "heldAt-year": ["2026"]}
    assert session_in(Form(typed), pathway, NOW).held_at == pathway.opened_at


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"heldAt-day": "31", "heldAt-month": "2"}, ("heldAt", "not-a-date")),
        ({"heldAt-year": "26"}, ("heldAt", "not-a-date")),
        ({"heldAt-day": "", "heldAt-month": "", "heldAt-year": ""}, ("heldAt", "left-open")),
        ({"stage": "4"}, ("stage", "left-open")),
        ({"lapseOn-day": "x"}, ("lapseOn", "not-a-date")),
        ({"how": "by pigeon"}, ("how", "literal-error")),
        ({"about-1-perceptions": "Kind."}, ("about-1-organisation", "left-open")),
        ({"about-1-organisation": "aa"}, ("about-1-level", "left-open")),
        ({"level-aa": "a lot"}, ("level-aa", "literal-error")),
        ({"takingPart-more-words": "Tea"}, ("takingPart-more", "left-open")),
        ({"didNotFit-2-reasons": ["size"]}, ("didNotFit-2-what", "left-open")),
        ({"didNotFit-2-what": "aa"}, ("didNotFit-2-reasons", "left-open")),
        ({"didNotFit-2-what": "aa/nowhere", "didNotFit-2-reasons": ["size"]}, ("didNotFit-2-reasons", "uuid-parsing")),
        ({"barriers-1-kind": "money"}, ("barriers-1-where", "left-open")),
        ({"barriers-1-where": "Advice centre"}, ("barriers-1-kind", "left-open")),
        ({"handoutInRow-1-format": "audio", "handoutInRow-1-number": "3"}, ("handoutInRow-1-state", "left-open")),
        ({"handoutInRow-1-number": "11", "handoutInRow-1-state": "read"}, ("handoutInRow-1-number", "left-open")),
        ({"handoutInRow-2-number": "3", "handoutInRow-2-state": "eaten"}, ("handoutInRow-2-state", "literal-error")),
        (
            {"handoutInRow-1-number": "3", "handoutInRow-1-state": "read", "handoutInRow-1-date-day": "40"},
            ("handoutInRow-1-date", "not-a-date"),
        ),
        (
            {"handoutInRow-1-number": "3", "handoutInRow-1-state": "read", "handoutInRow-1-language": "p" * 65},
            ("handoutInRow-1-language", "string-too-long"),
        ),
        ({"goals": "keep-journal", "goals-due-keep-journal-day": "40"}, ("goals-due-keep-journal", "not-a-date")),
        ({"goals-words": "Sleep", "goals-due-own-words-day": "x"}, ("goals-due-own-words", "not-a-date")),
        ({"goals-words": "a" * 2001}, ("goals-words", "string-too-long")),
    ],
)
def test_a_refusal_is_at_the_field_of_the_page(typed: dict[str, str | list[str]], at: tuple[str, str]) -> None:
    assert refused(**typed) == [at]


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = refused(**{"heldAt-day": "40", "how": "by pigeon", "about-1-organisation": "aa"})
    assert sorted(field for field, _ in found) == ["about-1-level", "heldAt", "how"]


def test_one_tap_for_all_hand_outs_and_one_for_the_basis() -> None:
    typed = {**session_typed.blank(opened(), NOW), "handouts-all": ["given"], "handouts-basis": ["talked-through"]}
    body = session_in(Form({**typed, "handouts-3": ["read", "given"]}), opened(), NOW)
    noted = [(handout.number, handout.state) for handout in body.handouts]
    assert [number for number, state in noted if state == "given"] == list(range(1, 11))
    assert [item for item in noted if item[1] != "given"] == [(1, "talked-through"), (2, "talked-through"), (3, "read")]


def test_another_format_language_or_day_of_a_hand_out_is_said_in_its_row() -> None:
    typed = {
        **session_typed.blank(opened(), NOW),
        "handouts-all": ["given"],
        "handoutInRow-1-number": ["5"],
        "handoutInRow-1-state": ["given"],
        "handoutInRow-1-format": ["large-print"],
        "handoutInRow-2-number": ["3"],
        "handoutInRow-2-state": ["given"],
        "handoutInRow-2-language": ["Polish"],
        **{f"handoutInRow-2-date-{part}": [said] for part, said in zip(PARTS, ("20", "11", "2026"), strict=True)},
    }
    body = session_in(Form(typed), opened(), NOW)
    noted = [(one.number, one.format, one.language, one.date) for one in body.handouts]
    assert sorted(number for number, *_ in noted) == [1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10]
    assert (5, "large-print", None, None) in noted
    assert {(3, None, None, None), (3, None, "Polish", date(2026, 11, 20))} <= {*noted}


def test_a_day_to_come_is_refused_at_the_hand_outs_own_day() -> None:
    typed = {
        **session_typed.blank(opened(), NOW),
        "handoutInRow-4-number": ["3"],
        "handoutInRow-4-state": ["read"],
        **{f"handoutInRow-4-date-{part}": [said] for part, said in zip(PARTS, ("1", "12", "2026"), strict=True)},
    }
    form = Form(typed)
    body = session_in(form, opened(), NOW)
    refusal = hold_session(opened(), body.command(SESSION, NOW))
    assert isinstance(refusal, Refusal)
    told = form.refused([Problem(refusal.field or "", refusal.code, refusal.reason)])
    assert [one.field for one in at_their_fields(told, places(form)).problems] == ["handoutInRow-4-date"]


def test_each_goal_has_a_due_day_of_its_own_or_none() -> None:
    typed = {
        **session_typed.blank(opened(), NOW),
        "goals": ["read-handouts", "choose-meeting"],
        "goals-words": ["Sleep"],
        **{f"goals-due-read-handouts-{part}": [said] for part, said in zip(PARTS, ("1", "12", "2026"), strict=True)},
        **{f"goals-due-own-words-{part}": [said] for part, said in zip(PARTS, ("8", "12", "2026"), strict=True)},
        **{f"goals-due-keep-journal-{part}": [said] for part, said in zip(PARTS, ("9", "", ""), strict=True)},
    }
    body = session_in(Form(typed), opened(), NOW)
    assert [(goal.kind, goal.due) for goal in body.goals] == [
        ("read-handouts", date(2026, 12, 1)),
        ("choose-meeting", None),
        ("own-words", date(2026, 12, 8)),
    ]
