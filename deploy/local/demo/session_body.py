"""A story's session, as its door wants it."""

from typing import Any

from deploy.local.demo.story import Session
from deploy.local.demo.timeline import Timeline


def session_body(session: Session, line: Timeline) -> dict[str, Any]:
    """What is empty is left out: it is "not recorded"."""
    held_on = line.day(session.day).isoformat()
    body: dict[str, Any] = {
        "stage": session.stage,
        "heldAt": line.at(session.day, session.at).isoformat(),
        "how": session.how,
        "present": session.present,
        "handouts": [{"number": number, "state": state} for number, state in session.handouts],
        "experience": [{"organisation": code, "level": level} for code, level in session.experience],
        "concerns": session.concerns,
        "goals": [{"kind": kind, "due": line.day(due).isoformat()} for kind, due in session.goals],
        "lapseOn": line.day(session.lapse).isoformat() if session.lapse is not None else None,
        "barriers": [{"kind": kind, "where": where, "on": held_on} for kind, where in session.barriers],
        **session.also,
    }
    return {name: value for name, value in body.items() if value}
