from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
import pytest

from services.referrals.domain.events import Event
from services.referrals.domain.events_client import RecordsConsentGiven
from services.referrals.domain.events_commitments import CommitmentOutcomeNoted
from services.referrals.domain.events_goals import GoalAchieved, GoalAgreed
from services.referrals.domain.events_opening import ReferralEnded
from services.referrals.domain.ids import CommitmentId
from services.referrals.domain.vocabulary import EndingKind, GoalState
from services.referrals.fhir import render, render_changes, touches
from services.referrals.fhir.rules import RuleBroken, checked
from shared.fhir.documents import NotRendered, Rendered, versioned
from tests.unit.fhir_samples import KINDS, NUMBER, OPENED, a_goal, a_pathway, every_pathway


def as_json(rendered: Rendered) -> Any:  # noqa: ANN401
    return orjson.loads(rendered.content())


def test_nothing_is_rendered_without_the_clients_agreement_or_without_an_nhs_number() -> None:
    assert render(a_pathway(a_goal(), records=False), NUMBER) == []
    assert render(a_pathway(a_goal()), None) == []


def test_a_pathway_is_a_plan_that_leads_to_each_of_its_goals() -> None:
    goals = [a_goal(kind) for kind in KINDS]
    plan, *rendered = [as_json(item) for item in render(a_pathway(*goals), NUMBER)]
    assert [entry["reference"] for entry in plan["goal"]] == [f"Goal/{goal.goal_id}" for goal in goals]
    assert [goal["id"] for goal in rendered] == [str(goal.goal_id) for goal in goals]
    assert plan["subject"]["identifier"] == {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": NUMBER}
    assert [category["coding"][0]["code"] for category in plan["category"]] == ["734163000", "2181441000000107"]


def test_a_plan_without_goals_has_no_empty_list_of_them() -> None:
    assert "goal" not in as_json(render(a_pathway(), NUMBER)[0])


@pytest.mark.parametrize(
    ("state", "lifecycle", "achievement"),
    [
        ("proposed", "proposed", None),
        ("agreed", "active", "in-progress"),
        ("achieved", "completed", "achieved"),
        ("not-achieved", "completed", "not-achieved"),
        ("dropped", "cancelled", None),
        ("paused", "on-hold", None),
    ],
)
def test_a_goals_state_is_its_lifecycle_and_achievement(
    state: GoalState, lifecycle: str, achievement: str | None
) -> None:
    goal = as_json(render(a_pathway(a_goal(state=state)), NUMBER)[1])
    said = goal["achievementStatus"]["coding"][0]["code"] if "achievementStatus" in goal else None
    assert (goal["lifecycleStatus"], said) == (lifecycle, achievement)


@pytest.mark.parametrize(
    ("ending", "status", "ends"),
    [
        ("engaged", "completed", True),
        ("completed-treatment", "completed", True),
        ("not-at-this-time", "on-hold", False),
        ("transferred", "revoked", True),
        ("lost-contact", "revoked", True),
        ("died", "revoked", True),
    ],
)
def test_an_ending_is_a_status_of_the_plan_and_one_on_hold_has_no_end(
    ending: EndingKind, status: str, ends: bool
) -> None:
    ended = a_pathway(state="ended", ending=ending, ended_at=OPENED + timedelta(days=30))
    plan = as_json(render(ended, NUMBER)[0])
    assert plan["status"] == status
    assert plan["period"] == {"start": "2026-10-05"} | ({"end": "2026-11-04"} if ends else {})


def test_days_are_the_clients_local_ones_and_carry_no_time() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    goal = as_json(render(a_pathway(a_goal(since=late, due=date(2026, 7, 1))), NUMBER)[1])
    assert goal["statusDate"] == "2026-07-01"
    assert goal["target"] == [{"dueDate": "2026-07-01"}]


def test_the_record_of_a_family_member_implies_no_use_of_their_own() -> None:
    own = render(a_pathway(a_goal()), NUMBER)
    family = render(a_pathway(a_goal(), for_="family", for_what=("drug",)), NUMBER)
    assert [[label["code"] for label in as_json(item)["meta"]["security"]] for item in own] == [["R", "ETH", "SUD"]] * 2
    assert [[label["code"] for label in as_json(item)["meta"]["security"]] for item in family] == [["R"]] * 2
    for item in family:
        text = item.content().decode().lower()
        for word in ("alcohol", "drug", "substance", "addict", "sober", "abstin", "recovery"):
            assert word not in text


def test_own_words_are_told_as_they_are_and_cannot_break_the_narrative() -> None:
    goal = as_json(render(a_pathway(a_goal("own-words", words="More <b>time</b> &\x07 sleep")), NUMBER)[1])
    assert goal["description"]["text"] == "More <b>time</b> &  sleep"
    assert "More &lt;b&gt;time&lt;/b&gt; &amp;" in goal["text"]["div"]


def test_what_is_said_stays_within_what_a_record_may_hold() -> None:
    for pathway in every_pathway():
        for item in render(pathway, NUMBER):
            assert not {"activity", "careTeam", "outcomeReference", "addresses", "note"} & set(item.document)
            assert item.client == pathway.client_id
            assert item.grouping == pathway.referral_id


def test_only_what_the_events_touched_is_rendered_anew() -> None:
    goal, other = a_goal(), a_goal("keep-journal")
    pathway = a_pathway(goal, other)
    at = OPENED + timedelta(days=8)

    def types(*events: Event) -> list[str]:
        made = render_changes(pathway, NUMBER, events)
        assert touches(events) == bool(made)
        return [f"{item.type} {item.id}" for item in made]

    agreed = GoalAgreed(at=at, goal_id=other.goal_id, kind=other.kind, agreed_on=at.date())
    noted = CommitmentOutcomeNoted(
        at=at, commitment_id=CommitmentId(goal.goal_id), outcome="attended", disagreement=False
    )
    assert types(noted) == []
    assert types(GoalAchieved(at=at, goal_id=goal.goal_id)) == [f"Goal {goal.goal_id}"]
    assert types(agreed) == [f"CarePlan {pathway.referral_id}", f"Goal {other.goal_id}"]
    assert types(ReferralEnded(at=at, kind="engaged")) == [f"CarePlan {pathway.referral_id}"]
    assert len(types(RecordsConsentGiven(at=at))) == 3


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"id": "another"}, "id it is stored under"),
        ({"statusDate": datetime(2026, 10, 1, tzinfo=UTC)}, "days without a time"),
        ({"target": [{"dueDate": datetime(2026, 10, 1, tzinfo=UTC)}]}, "days without a time"),
        ({"lifecycleStatus": "cancelled"}, "achievement that goes with"),
        ({"description": {"coding": [{"system": "x", "code": "y", "display": "z"}], "text": ""}}, "right systems"),
        ({"subject": {"identifier": {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990548608"}}}, "NHS"),
        ({"meta": {"profile": [], "security": []}}, "claims its profile"),
    ],
)
def test_a_goal_that_breaks_a_rule_is_not_stored(change: dict[str, Any], rule: str) -> None:
    goal = render(a_pathway(a_goal()), NUMBER)[1]
    broken = Rendered(goal.type, goal.id, goal.client, goal.provider, goal.grouping, {**goal.document, **change})
    with pytest.raises(RuleBroken, match=rule) as refusal:
        checked(broken)
    assert NUMBER not in str(refusal.value)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"status": "cancelled"}, "one of its statuses"),
        ({"category": []}, "both categories"),
        ({"goal": [{"reference": "Task/1"}]}, "leads to goals"),
        ({"period": {"start": "2026-10-01"}}, "period of days"),
    ],
)
def test_a_plan_that_breaks_a_rule_is_not_stored(change: dict[str, Any], rule: str) -> None:
    plan = render(a_pathway(), NUMBER)[0]
    with pytest.raises(RuleBroken, match=rule):
        checked(Rendered(plan.type, plan.id, plan.client, plan.provider, plan.grouping, {**plan.document, **change}))


def test_version_and_time_are_spliced_into_the_meta() -> None:
    goal = render(a_pathway(a_goal()), NUMBER)[1]
    at = datetime(2026, 11, 22, 9, 14, 2, 123_000, tzinfo=UTC)
    document = orjson.loads(versioned("Goal", goal.content(), 3, at))
    assert document["meta"] == {"versionId": "3", "lastUpdated": "2026-11-22T09:14:02.123Z"} | goal.document["meta"]
    assert {**document, "meta": goal.document["meta"]} == as_json(goal)


def test_a_document_that_does_not_begin_as_it_must_is_a_fault_of_its_renderer() -> None:
    goal = render(a_pathway(a_goal()), NUMBER)[1]
    turned = dict(reversed(list(goal.document.items())))
    with pytest.raises(NotRendered):
        Rendered(goal.type, goal.id, goal.client, goal.provider, goal.grouping, turned).content()
