"""Opening a pathway: one open at a time per person, provider and `for`; the same person may have both."""

from collections.abc import Sequence

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_opening import OpenReferral
from services.referrals.domain.events import Event
from services.referrals.domain.events_opening import ReferralOpened
from services.referrals.domain.experience import experience_shown
from services.referrals.domain.fitting import did_not_fit, fitted
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.session_parts import DidNotFit, Experience
from services.referrals.domain.when import in_utc, local_day, untimely
from shared.meetings.zones import is_zone


@rule("Self and family are both open, and neither hears of the other.", source="O", effect="keeps", because="privacy")
@rule("Returning after a relapse carries over experience and starts evidence at nought.", source="O", effect="keeps")
@rule("A new pathway carries over experience, what fitted and what did not.", source="O", effect="keeps")
def open_referral(command: OpenReferral, earlier: Sequence[Pathway] = ()) -> list[Event] | Refusal:
    """[O] A new pathway carries over experience, what fitted and what did not; its evidence starts at nought.

    Earlier ones are listed.

    `earlier`: the client's pathways at this provider. Only those of the same `for` count: a family member's
    record implies no own use.
    """
    before = [
        pathway
        for pathway in earlier
        if (pathway.client_id, pathway.provider, pathway.for_) == (command.client_id, command.provider, command.for_)
    ]
    if refusal := _refused(command, before):
        return refusal
    opened = ReferralOpened(
        at=in_utc(command.opened_at),
        commanded=True,
        referral_id=command.referral_id,
        client_id=command.client_id,
        provider=command.provider,
        team=command.team,
        for_=command.for_,
        for_what=tuple(dict.fromkeys(command.for_what)),
        time_zone=command.time_zone,
        opened_on=local_day(command.opened_at, command.time_zone),
        carried_over=_carried_over(before),
        earlier=tuple(pathway.referral_id for pathway in before),
        fitted_before=tuple(dict.fromkeys(meeting for pathway in before for meeting in fitted(pathway))),
        did_not_fit_before=_did_not_fit(before),
        keyworker=command.keyworker,
    )
    return [opened]


@rule("A second open pathway of the same kind is refused.", source="sense", effect="refuses", codes=("already-open",))
@rule(
    "An opening says what it is about and in which time zone.",
    source="sense",
    effect="refuses",
    codes=("for-what-missing", "unknown-time-zone"),
)
def _refused(command: OpenReferral, before: Sequence[Pathway]) -> Refusal | None:
    if any(pathway.state == "open" for pathway in before):
        return Refusal("already-open", "This client has an open referral of the same kind here.")
    if not command.for_what:
        return Refusal("for-what-missing", "Say what it is about: alcohol, drug, gambling or other.", "forWhat")
    if not is_zone(command.time_zone):
        return Refusal("unknown-time-zone", "This is not the name of a time zone such as Europe/London.", "timeZone")
    return untimely(command.opened_at, command.recorded_at, "openedAt")


@rule("The latest word on each organisation is carried over through two endings.", source="O", effect="keeps")
def _carried_over(before: Sequence[Pathway]) -> tuple[Experience, ...]:
    """The latest word on each organisation."""
    latest: dict[str, Experience] = {}
    for pathway in _oldest_first(before):
        latest |= {experience.organisation: experience for experience in experience_shown(pathway)}
    return tuple(latest.values())


def _did_not_fit(before: Sequence[Pathway]) -> tuple[DidNotFit, ...]:
    """The latest word on each meeting or organisation."""
    words = [word for pathway in _oldest_first(before) for word in did_not_fit(pathway)]
    return tuple({(word.organisation, word.meeting_id): word for word in words}.values())


def _oldest_first(before: Sequence[Pathway]) -> list[Pathway]:
    return sorted(before, key=lambda pathway: pathway.opened_at)
