"""A session that somebody else saved meanwhile: both put together in the form, and in words what the other changed."""

from dataclasses import replace
from datetime import datetime

from services.referrals.domain.ids import SessionId
from services.referrals.domain.merging import merged
from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.sessions import session_of
from services.referrals.pages import session_form, session_typed
from services.referrals.pages.forms import Form
from services.referrals.pages.known import held, known

_STAYS = ("version", "correcting", "goals", "planned")


def put_together(form: Form, before: Pathway | None, pathway: Pathway, session_id: SessionId, now: datetime) -> Form:
    """`before`: as it was when the form's page was read. What was typed stays; what others noted is beside it."""
    theirs = pathway.session(session_id)
    if theirs is None:
        return form
    base = before.session(session_id) if before else None
    command = session_form.session_in(form, pathway, now, base or theirs).command(session_id, now)
    both = merged(base, theirs, session_of(pathway, command))
    own = {name: said for name, said in form.typed.items() if name.startswith(_STAYS)}
    return replace(form, typed=session_typed.recorded(both, pathway) | own, changed=_changed(base, theirs, pathway))


def _changed(base: Session | None, theirs: Session, pathway: Pathway) -> list[str]:
    """By the other, in this session."""
    was, now = _lines(base, pathway) if base else [], _lines(theirs, pathway)
    gone = [f"No longer there: {line}" for line in was if line not in now]
    return [*(line for line in now if line not in was), *gone]


def _lines(session: Session, pathway: Pathway) -> list[str]:
    alone = replace(
        pathway, sessions=(session,), carried_over=(), fitted_before=(), did_not_fit_before=(), attendance=()
    )
    return [held(session, alone), *(f"{part.heading}: {line}" for part in known(alone) for line in part.lines)]
