"""A session in JSON: everything that the guide lets a keyworker note, there and back."""

from datetime import UTC, datetime
from uuid import uuid4

import orjson
from fastapi.encoders import jsonable_encoder

from services.referrals.domain.sessions import hold_session
from services.referrals.http.session_bodies import SessionIn
from services.referrals.http.shown_session import session_json
from tests.unit.referrals_domain.story import AA, Story, at

EVERYTHING = {
    "how": "phone",
    "present": ["interpreter"],
    "handouts": [{"number": 1, "state": "talked-through", "date": "2026-11-03"}],
    "experience": [{"organisation": "aa", "level": "some", "concerns": ["talk-of-god"]}],
    "concerns": ["cost"],
    "needs": {
        "readingTogether": True,
        "largePrint": False,
        "interpreter": True,
        "unreadText": True,
        "onwardReferral": "offered-declined",
    },
    "explained": [{"topic": "higher-power", "how": "knew-already"}],
    "takingPart": [{"organisation": "aa", "way": "swap-numbers"}],
    "didNotFit": [{"organisation": "aa", "reasons": ["size"], "meetingId": str(AA)}],
    "risks": ["co-occurring-mental-health"],
    "lapseOn": "2026-11-01",
    "barriers": [{"kind": "childcare", "where": "Family hub", "on": "2026-11-03", "takenUp": False}],
    "preferredOrganisation": "smart-recovery",
}


def shown(**body: object) -> dict[str, object]:
    now = datetime(2026, 11, 3, 12, tzinfo=UTC)
    command = SessionIn.model_validate({"stage": 2, "heldAt": now.isoformat(), **body}).command(uuid4(), now)
    events = hold_session(Story(opened=at(0, 8)).pathway, command)
    assert isinstance(events, list)
    held = events[0]
    return orjson.loads(orjson.dumps(jsonable_encoder(session_json(held.session))))  # type: ignore[attr-defined,no-any-return]


def test_all_that_is_noted_is_shown() -> None:
    session = shown(**EVERYTHING)
    assert {name: session[name] for name in EVERYTHING} == EVERYTHING
    assert session["notRecorded"] == []


def test_what_is_untouched_is_not_recorded_and_never_not_done() -> None:
    assert set(EVERYTHING) == set(shown()["notRecorded"])  # type: ignore[call-overload]
