"""Events and snapshots as they were kept before a field was thought of: they are read for ever."""

import orjson

from services.referrals.domain.events_commitments import CommitmentMade
from services.referrals.domain.events_sessions import SessionHeld
from services.referrals.domain.pathway import Circumstances
from services.referrals.domain.replay import replay
from tests.unit.referrals_domain.kept import BY_NAME, PATHWAY

_SESSION = {
    "session_id": "5e550000-0000-4000-8000-000000000001",
    "stage": 1,
    "held_at": "2026-11-03T12:00:00+00:00",
    "how": "phone",
    "present": [],
    "handouts": [{"number": 8, "state": "read", "date": "2026-11-03", "format": None, "language": None}],
    "experience": [{"organisation": "aa", "level": "some", "perceptions": None}],
    "concerns": ["cost"],
}
_OPENED = {
    "at": "2026-11-02T09:00:00+00:00",
    "commanded": True,
    "referral_id": "1ef00000-0000-4000-8000-000000000001",
    "client_id": "c11e0000-0000-4000-8000-000000000001",
    "provider": "X99",
    "team": "north",
    "for_": "self",
    "for_what": ["alcohol"],
    "time_zone": "Europe/London",
    "opened_on": "2026-11-02",
    "carried_over": [],
    "earlier": [],
}
_COMMITMENT = {
    "commitment_id": "c0330000-0000-4000-8000-000000000001",
    "meeting_id": "aaaaaaaa-0000-4000-8000-000000000001",
    "date": "2026-11-05",
    "start": "2026-11-05T19:00:00+00:00",
    "end": "2026-11-05T20:30:00+00:00",
    "time_zone": "Europe/London",
    "made_on": "2026-11-03",
    "accompanied": False,
}
_AT = {"at": "2026-11-03T12:00:00+00:00", "commanded": True, "cautions": []}
_GOAL = {"goal_id": "90a10000-0000-4000-8000-000000000001"}


def test_events_of_before_still_replay_with_what_they_lack_not_recorded() -> None:
    kept = (
        ("referral-opened", _OPENED),
        ("session-held", _AT | {"session": _SESSION}),
        ("commitment-made", _AT | _COMMITMENT | _GOAL),
    )
    opened, held, made = (BY_NAME[name].validate_json(orjson.dumps(data)) for name, data in kept)
    assert isinstance(held, SessionHeld)
    assert isinstance(made, CommitmentMade)
    pathway = replay([opened, held, made])
    [session] = pathway.sessions
    assert (session.needs, session.risks, session.lapse_on, session.did_not_fit) == (None, (), None, ())
    assert (session.experience[0].concerns, session.handouts[0].state) == ((), "read")
    assert (pathway.circumstances, pathway.commitments[0].organisation) == (Circumstances(), None)


def test_a_snapshot_of_before_still_loads() -> None:
    snapshot = {
        **{name: value for name, value in _OPENED.items() if name not in ("at", "commanded")},
        "opened_at": _OPENED["at"],
        "sessions": [_SESSION],
        "commitments": [{**_COMMITMENT, "made_at": _AT["at"], "state": "planned", "disagreement": False}],
        "flags": [{"code": "message-undeliverable", "since": _AT["at"], "about": None}],
        "version": 3,
        "commands_version": 3,
    }
    pathway = PATHWAY.validate_json(orjson.dumps(snapshot))
    assert (pathway.circumstances, pathway.sessions[0].barriers) == (Circumstances(), ())
