"""Key-work sessions of FAMA: any stage, in any order; a fifteen-minute conversation, not a form."""

from datetime import date as Day

from services.referrals.domain.answers import Caution, Refusal
from services.referrals.domain.commands import HandoutNoted, HoldSession
from services.referrals.domain.consequences import with_consequences
from services.referrals.domain.events import Event, SessionCorrected, SessionHeld
from services.referrals.domain.goals import goal_refused, goals_of_session
from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.session_parts import Handout
from services.referrals.domain.when import in_utc, local_day, untimely


def hold_session(pathway: Pathway, command: HoldSession) -> list[Event] | Refusal:
    """[O] Only the date and the stage of a session are required; the rest is "not recorded", never "not done".

    [G] The keyworker may choose another stage than the suggested one; nothing forces an order.
    """
    if refusal := _refused(pathway, command):
        return refusal
    held = SessionHeld(
        at=in_utc(command.held_at),
        commanded=True,
        session=_session(pathway, command),
        cautions=_cautions(pathway, command),
    )
    return with_consequences(pathway, [held, *goals_of_session(pathway, command)])


def correct_session(pathway: Pathway, command: HoldSession) -> list[Event] | Refusal:
    """The session as it should have been written down. Goals it lacks now stay: they end by a door of their own."""
    if pathway.session(command.session_id) is None:
        return Refusal("unknown-session", "There is no such session on this pathway.")
    if refusal := _refused(pathway, command):
        return refusal
    corrected = SessionCorrected(
        at=in_utc(command.recorded_at),
        commanded=True,
        session=_session(pathway, command),
        cautions=_cautions(pathway, command),
    )
    return with_consequences(pathway, [corrected, *goals_of_session(pathway, command)])


def _refused(pathway: Pathway, command: HoldSession) -> Refusal | None:
    if refusal := untimely(command.held_at, command.recorded_at, "heldAt"):
        return refusal
    if not pathway.before_ending(in_utc(command.held_at)):
        return Refusal("pathway-ended", "The pathway had ended by then. Reopen it before the session.", "heldAt")
    today = local_day(command.recorded_at, pathway.time_zone)
    refusals = (
        *(_handout_refused(handout, f"handouts[{at}]", today) for at, handout in enumerate(command.handouts)),
        *(_own_use_implied(pathway, command, at) for at in range(len(command.experience))),
        *(goal_refused(goal, f"goals[{at}].") for at, goal in enumerate(command.goals)),
    )
    return next((refusal for refusal in refusals if refusal), None)


def _handout_refused(handout: HandoutNoted, field: str, today: Day) -> Refusal | None:
    if not 1 <= handout.number <= 10:
        return Refusal("unknown-handout", "Hand-outs are numbered 1 to 10.", f"{field}.number")
    if handout.date and handout.date > today:
        return Refusal("in-the-future", "This has not happened yet.", f"{field}.date")
    return None


def _own_use_implied(pathway: Pathway, command: HoldSession, at: int) -> Refusal | None:
    """Privacy: nothing in a family member's pathway implies that they use."""
    if pathway.for_ == "family" and command.experience[at].level == "years-then-relapse":
        reason = "A relapse says something about the client's own use; on a family pathway it is not kept."
        return Refusal("implies-own-use", reason, f"experience[{at}].level")
    return None


def _cautions(pathway: Pathway, command: HoldSession) -> tuple[Caution, ...]:
    if in_utc(command.held_at) < pathway.opened_at:
        return (Caution("before-opening", "The session was before the referral was opened."),)
    return ()


def _session(pathway: Pathway, command: HoldSession) -> Session:
    day = local_day(command.held_at, pathway.time_zone)
    return Session(
        session_id=command.session_id,
        stage=command.stage,
        held_at=in_utc(command.held_at),
        how=command.how,
        present=tuple(dict.fromkeys(command.present)),
        handouts=tuple(_handout(handout, day) for handout in command.handouts),
        experience=command.experience,
        concerns=tuple(dict.fromkeys(command.concerns)),
        needs=command.needs,
        explained=command.explained,
        taking_part=command.taking_part,
        did_not_fit=command.did_not_fit,
        risks=tuple(dict.fromkeys(command.risks)),
        lapse_on=command.lapse_on,
        barriers=command.barriers,
        preferred_organisation=command.preferred_organisation,
    )


def _handout(noted: HandoutNoted, day: Day) -> Handout:
    return Handout(
        number=noted.number,
        state=noted.state,
        date=noted.date or day,
        format=noted.format,
        language=noted.language,
    )
