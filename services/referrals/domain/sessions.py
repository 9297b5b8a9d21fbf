"""Key-work sessions of FAMA: any stage, in any order; a fifteen-minute conversation, not a form."""

from collections.abc import Iterator
from datetime import date as Day

from services.referrals.domain.answers import Caution, Refusal
from services.referrals.domain.commands_sessions import HoldSession
from services.referrals.domain.consequences import with_consequences
from services.referrals.domain.events import Event
from services.referrals.domain.events_sessions import SessionCorrected, SessionHeld
from services.referrals.domain.family import own_use_implied
from services.referrals.domain.goals import goal_refused, goals_of_session
from services.referrals.domain.handouts import filled_in_not_read, handout_refused, noted
from services.referrals.domain.lapse import flags_of_session
from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.rules import rule
from services.referrals.domain.safety import safety_notices
from services.referrals.domain.taking_part import another_groups_way, taking_part_refused
from services.referrals.domain.when import LONG_AGO, in_utc, local_day, untimely


@rule("Every date of a handout is kept, and a session needs only date and stage.", source="O", effect="keeps")
@rule("Nothing forces an order of stages.", source="G", effect="keeps", where="The three stages")
@rule("Late paperwork is taken after the ending, and what it agreed ends with the pathway.", source="O", effect="keeps")
def hold_session(pathway: Pathway, command: HoldSession) -> list[Event] | Refusal:
    """[O] Only the date and the stage of a session are required; the rest is "not recorded", never "not done".

    [G] The keyworker may choose another stage than the suggested one; nothing forces an order.
    """
    if refusal := _refused(pathway, command):
        return refusal
    held = SessionHeld(
        at=in_utc(command.held_at),
        commanded=True,
        session=session_of(pathway, command),
        cautions=_cautions(pathway, command),
    )
    return with_consequences(pathway, [held, *_following(pathway, command, held.session)])


@rule("An unknown session cannot be corrected.", source="sense", effect="refuses", codes=("unknown-session",))
@rule("A correction replaces the whole session.", source="O", effect="keeps")
def correct_session(pathway: Pathway, command: HoldSession) -> list[Event] | Refusal:
    """The session as it should have been written down. Goals it lacks now stay: they end by a door of their own."""
    if pathway.session(command.session_id) is None:
        return Refusal("unknown-session", "There is no such session on this pathway.")
    if refusal := _refused(pathway, command):
        return refusal
    corrected = SessionCorrected(
        at=in_utc(command.recorded_at),
        commanded=True,
        session=session_of(pathway, command),
        cautions=_cautions(pathway, command),
    )
    return with_consequences(pathway, [corrected, *_following(pathway, command, corrected.session)])


def _following(pathway: Pathway, command: HoldSession, session: Session) -> list[Event]:
    return [*goals_of_session(pathway, command), *flags_of_session(pathway, session)]


@rule(
    "After the ending only what was before it can be said.", source="sense", effect="refuses", codes=("pathway-ended",)
)
def _refused(pathway: Pathway, command: HoldSession) -> Refusal | None:
    if refusal := untimely(command.held_at, command.recorded_at, "heldAt"):
        return refusal
    if not pathway.before_ending(in_utc(command.held_at)):
        return Refusal("pathway-ended", "The pathway had ended by then. Reopen it before the session.", "heldAt")
    today = local_day(command.recorded_at, pathway.time_zone)
    refusals = (
        *(handout_refused(handout, f"handouts[{at}]", today) for at, handout in enumerate(command.handouts)),
        own_use_implied(command) if pathway.for_ == "family" else None,
        *(taking_part_refused(part, f"takingPart[{at}]") for at, part in enumerate(command.taking_part)),
        *(goal_refused(goal, f"goals[{at}].") for at, goal in enumerate(command.goals)),
        *_days_to_come(command, today),
    )
    return next((refusal for refusal in refusals if refusal), None)


@rule("What has not happened yet cannot be noted.", source="sense", effect="refuses", codes=("in-the-future",))
def _days_to_come(command: HoldSession, today: Day) -> Iterator[Refusal]:
    days = {"lapseOn": command.lapse_on}
    days |= {f"barriers[{at}].on": barrier.on for at, barrier in enumerate(command.barriers)}
    for field, day in days.items():
        if day and day > today:
            yield Refusal("in-the-future", "This has not happened yet.", field)


@rule("A session of more than five years ago is taken with a warning.", source="O", effect="warns", codes=("long-ago",))
@rule("A session before the opening is taken with a warning.", source="O", effect="warns", codes=("before-opening",))
def _cautions(pathway: Pathway, command: HoldSession) -> tuple[Caution, ...]:
    early = in_utc(command.held_at) < pathway.opened_at
    long_ago = in_utc(command.recorded_at) - in_utc(command.held_at) > LONG_AGO
    return (
        *([Caution("long-ago", "The session was more than five years ago: is the year right?")] if long_ago else []),
        *([Caution("before-opening", "The session was before the referral was opened.")] if early else []),
        *filled_in_not_read(command.handouts),
        *another_groups_way(command.taking_part),
        *safety_notices(command.risks),
    )


@rule(
    "A barrier is signposted with where, when and whether it was taken up, and no more.",
    source="O",
    effect="keeps",
    because="privacy",
)
def session_of(pathway: Pathway, command: HoldSession) -> Session:
    """As it would be recorded."""
    day = local_day(command.held_at, pathway.time_zone)
    return Session(
        session_id=command.session_id,
        stage=command.stage,
        held_at=in_utc(command.held_at),
        how=command.how,
        present=tuple(dict.fromkeys(command.present)),
        handouts=tuple(noted(handout, day) for handout in command.handouts),
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
