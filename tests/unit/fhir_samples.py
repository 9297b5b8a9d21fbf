"""Pathways to render: as short as a test can have them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from uuid import UUID, uuid4

from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.ids import ClientId, GoalId, ReferralId
from services.referrals.domain.pathway import Goal, Pathway
from services.referrals.domain.vocabulary import GoalKind, GoalState

NUMBER = NhsNumber("9990548609")
OPENED = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
STATES: tuple[GoalState, ...] = get_args(GoalState)
KINDS: tuple[GoalKind, ...] = get_args(GoalKind)


def a_goal(kind: GoalKind = "attend-meeting", state: GoalState = "agreed", **more: Any) -> Goal:  # noqa: ANN401
    agreed = None if state == "proposed" else date(2026, 10, 12)
    given: dict[str, Any] = {
        "goal_id": GoalId(uuid4()),
        "kind": kind,
        "state": state,
        "since": OPENED + timedelta(days=7),
        "agreed_on": agreed,
        "due": date(2026, 10, 19),
        "words": "Be at my sister's wedding, sober & happy <3" if kind == "own-words" else None,
    }
    return Goal(**given | more)


def a_pathway(*goals: Goal, **more: Any) -> Pathway:  # noqa: ANN401
    given: dict[str, Any] = {
        "referral_id": ReferralId(uuid4()),
        "client_id": ClientId(uuid4()),
        "provider": "X99",
        "team": "north",
        "for_": "self",
        "for_what": ("alcohol",),
        "time_zone": "Europe/London",
        "opened_at": OPENED,
        "opened_on": date(2026, 10, 5),
        "records": True,
        "goals": goals,
    }
    return Pathway(**given | more)


def every_pathway() -> list[Pathway]:
    """Each kind and state of goal, each ending, both kinds of client."""
    goals = [a_goal(kind, state) for kind, state in zip(KINDS, STATES * 3, strict=False)]
    bare = a_goal(due=None, since=OPENED)
    ended = OPENED + timedelta(days=30)
    endings = ("engaged", "not-at-this-time", "completed-treatment", "transferred", "lost-contact", "died")
    return [
        a_pathway(),
        a_pathway(*goals, bare),
        a_pathway(*(a_goal(kind) for kind in KINDS), for_="family"),
        *(a_pathway(a_goal(state="paused"), state="ended", ending=how, ended_at=ended) for how in endings),
    ]


def number_of(n: int) -> NhsNumber:
    """A valid one of the 999 test range, another for each n below half a million."""
    nine = f"999{n:06d}"
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    last = (11 - total % 11) % 11
    return NhsNumber(f"{nine}{last}") if last < 10 else number_of(n + 500_000)


def client() -> ClientId:
    return ClientId(UUID(bytes=uuid4().bytes, version=4))
