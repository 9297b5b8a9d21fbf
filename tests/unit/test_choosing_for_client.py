"""Choosing for one client: what is known of them shapes the list, and the keyworker is told why (3-fama)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest

from services.referrals.directory.choosing import choose
from services.referrals.directory.fitting_words import WORDS
from services.referrals.directory.for_client import ForClient, minding_of, notes_on, notices, wanted_for
from services.referrals.directory.wanted import Wanted
from services.referrals.domain.pathway import Circumstances, Pathway
from services.referrals.domain.session_parts import DidNotFit, Experience, Needs
from services.referrals.domain.vocabulary import DidNotFitReason
from shared.meetings import Meeting
from tests.unit.choosing_builder import NOW, indexed, some_meetings
from tests.unit.referrals_domain.story import Story, at

ADULT, CHILD = date(1980, 2, 3), date(2010, 2, 3)
TODAY = NOW.date()
MEETINGS = some_meetings(
    first={"organisation": "aa", "for_what": ("alcohol",), "weekday": 3},
    second={"organisation": "aa", "for_what": ("alcohol",), "weekday": 4},
    third={"organisation": "smart-recovery", "for_what": ("alcohol", "drug"), "weekday": 5},
    young={"organisation": "aa", "for_what": ("alcohol",), "weekday": 6, "kinds": ("young-people",)},
    dual={"organisation": "dra", "for_what": ("alcohol", "drug"), "weekday": 7},
    family={"organisation": "al-anon", "for_what": ("alcohol",), "audience": "family", "weekday": 3},
)
NAMED = {meeting.name: meeting for meeting in MEETINGS}


def pathway(*sessions: dict[str, Any], circumstances: Circumstances | None = None) -> Pathway:
    """Of somebody for whom it is about alcohol; each session as said, a day after the other."""
    story = Story()
    for number in range(len(sessions)):
        story.hold(2, at(number))
    held = tuple(replace(session, **said) for session, said in zip(story.pathway.sessions, sessions, strict=True))
    return replace(story.pathway, sessions=held, circumstances=circumstances or Circumstances())


def for_client(one: Pathway, *, born: date = ADULT, others: tuple[Pathway, ...] = ()) -> ForClient:
    return ForClient.of(one, (one, *others), born, TODAY)


def names(client: ForClient, *apart: Meeting, **asked: Any) -> list[str]:  # noqa: ANN401 - as in Wanted
    by_id = {meeting.meeting_id: meeting.name for meeting in MEETINGS}
    minding = minding_of(client, [meeting.meeting_id for meeting in apart])
    choice = choose(indexed(MEETINGS), wanted_for(client, Wanted(**asked)), NOW, minding)
    return [by_id[each] for each in choice.best]


def codes(client: ForClient, name: str) -> dict[str, str]:
    return {fact.code: fact.text for fact in notes_on(client, NAMED[name])}


def did_not_fit(name: str | None, *reasons: DidNotFitReason, organisation: str = "aa") -> dict[str, Any]:
    meeting = NAMED[name].meeting_id if name else None
    return {"did_not_fit": (DidNotFit(organisation=organisation, reasons=reasons, meeting_id=meeting),)}  # type: ignore[arg-type]


def test_whom_it_is_for_and_for_what_follow_from_the_pathway() -> None:
    assert names(for_client(pathway())) == ["first", "second", "young", "third", "dual"]
    family = replace(pathway(), for_="family")
    assert names(for_client(family), audience="self") == ["family"]


def test_a_meeting_that_did_not_fit_comes_last_with_the_reason_in_words() -> None:
    client = for_client(pathway(did_not_fit("first", "judged", "too-strict")))
    assert names(client)[-1] == "first"
    assert codes(client, "first") == {
        "did-not-fit": "Did not fit: the client felt judged, it was too strict (said on 2 November 2026)"
    }
    assert codes(client, "second") == {}


@pytest.mark.parametrize("reason", ["privacy-broken", "pressured", "conflict"])
def test_one_where_the_client_was_not_safe_is_left_out(reason: DidNotFitReason) -> None:
    assert "first" not in names(for_client(pathway(did_not_fit("first", reason))))


def test_an_organisation_that_did_not_fit_comes_last_and_so_does_one_of_which_two_meetings_did_not() -> None:
    as_such = for_client(pathway(did_not_fit(None, "values")))
    assert names(as_such) == ["third", "dual", "first", "second", "young"]
    assert codes(as_such, "young") == {
        "organisation-did-not-fit": "Alcoholics Anonymous did not fit: it did not go with the client's values "
        "(said on 2 November 2026)"
    }
    twice = for_client(pathway(did_not_fit("first", "size"), did_not_fit("second", "judged")))
    assert names(twice)[:2] == ["third", "dual"]


def test_what_did_not_fit_is_carried_over_from_an_earlier_pathway_of_the_same_kind_alone() -> None:
    earlier = pathway(did_not_fit("first", "judged"))
    assert names(for_client(pathway(), others=(earlier,)))[-1] == "first"
    assert names(for_client(pathway(), others=(replace(earlier, for_="family"),)))[0] == "first"


def test_where_the_client_went_before_comes_first() -> None:
    story = Story()
    story.fact(NAMED["second"].meeting_id, at(3, 19))  # type: ignore[arg-type]
    client = for_client(story.pathway)
    assert names(client)[0] == "second"
    assert codes(client, "second") == {"went-before": "The client was there on 5 November 2026"}


def test_the_kind_of_group_that_is_preferred_and_one_known_well_come_first() -> None:
    preferred = for_client(pathway({"preferred_organisation": "smart-recovery"}))
    assert names(preferred)[0] == "third"
    assert "preferred" in codes(preferred, "third")
    experience = (Experience(organisation="dra", level="years-then-relapse"),)
    assert names(for_client(pathway({"experience": experience})))[0] == "dual"


def test_what_is_asked_for_counts_before_what_is_remembered() -> None:
    client = for_client(pathway({"preferred_organisation": "smart-recovery"}))
    assert names(client, preferred=("young-people",))[:2] == ["young", "third"]


def test_somebody_under_18_is_shown_young_peoples_meetings_until_the_safeguarding_lead_agrees_by_name() -> None:
    assert names(for_client(pathway(), born=CHILD)) == ["young"]
    assert [notice.code for notice in notices(for_client(pathway(), born=CHILD))] == ["under-18"]
    agreed = pathway(circumstances=Circumstances(safeguarding_agreed_by="Sam Lead"))
    assert len(names(for_client(agreed, born=CHILD))) == 5


def test_that_it_is_for_the_young_is_never_relaxed() -> None:
    client = for_client(pathway(), born=CHILD)
    wanted = wanted_for(client, Wanted(kinds=("women",)))
    choice = choose(indexed(MEETINGS), wanted, NOW, minding_of(client, ()))
    assert {each.filter.field for each in choice.relax} == {"kind"}


def test_a_co_occurring_condition_brings_the_fellowships_made_for_it() -> None:
    client = for_client(pathway({"risks": ("co-occurring-mental-health",)}))
    assert names(client)[0] == "dual"
    assert codes(client, "dual") == {
        "co-occurring-fellowship": "Made for people who also have a mental health condition"
    }


def test_where_somebody_goes_who_is_kept_apart_is_left_out_without_a_word() -> None:
    client = for_client(pathway())
    assert "first" not in names(client, NAMED["first"])
    assert codes(client, "first") == {}


def test_before_a_release_the_list_begins_on_its_day() -> None:
    day = TODAY + timedelta(days=20)
    client = for_client(pathway(circumstances=Circumstances(release_from="prison", release_on=day)))
    wanted = wanted_for(client, Wanted())
    assert (wanted.from_, wanted.to) == (day, day + timedelta(days=7))
    assert [notice.text for notice in notices(client)] == ["From the day of release, 14 December 2026"]
    asked = wanted_for(client, Wanted(from_=TODAY))
    assert (asked.from_, asked.to) == (TODAY, None)


def test_an_interpreter_is_asked_about_at_a_closed_meeting_and_the_own_language_comes_first() -> None:
    client = for_client(pathway({"needs": Needs(interpreter=True, language="pl")}))
    closed = replace(NAMED["first"], kinds=("closed",))
    assert [fact.code for fact in notes_on(client, closed)] == ["ask-for-interpreter"]
    assert wanted_for(client, Wanted()).preferred == ("language-pl",)


def test_every_reason_has_words() -> None:
    assert set(WORDS) == set(get_args(DidNotFitReason))
