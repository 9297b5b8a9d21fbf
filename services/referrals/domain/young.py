"""Safety: under 18, young people's or Alateen meetings only, unless the safeguarding lead agreed by name (3-fama)."""

from datetime import date as Day

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_commitments import CommitToMeeting
from services.referrals.domain.pathway import Circumstances
from services.referrals.domain.rules import rule

_OF_AGE = 18


def under_18(birth_date: Day, on: Day) -> bool:
    """On that day. Born on 29 February: of age on 1 March in a year without one."""
    birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (not birthday) < _OF_AGE


@rule("Under 18, no adult goes with them without the lead's agreement.", source="O", effect="refuses", because="safety")
def may_have_adult_peer(birth_date: Day, on: Day, circumstances: Circumstances) -> bool:
    """No adult goes with somebody under 18 without the safeguarding lead's named agreement."""
    return not under_18(birth_date, on) or lead_has_agreed(circumstances)


def lead_has_agreed(circumstances: Circumstances) -> bool:
    return circumstances.safeguarding_agreed_by is not None


@rule("Under 18, young people's and Alateen meetings are open.", source="O", effect="keeps")
def for_the_young(organisation: str | None, kinds: tuple[str, ...]) -> bool:
    return "young-people" in kinds or (organisation or "").casefold() == "alateen"


@rule(
    "Under 18, an adult meeting is refused unless the safeguarding lead agreed by name.",
    source="O",
    effect="refuses",
    because="safety",
    codes=("adult-meeting",),
)
@rule("Age is that on the day of the meeting.", source="O", effect="keeps")
def adult_meeting_refused(command: CommitToMeeting, circumstances: Circumstances) -> Refusal | None:
    """By the client's age on the day of the meeting."""
    if command.birth_date is None or not under_18(command.birth_date, command.date):
        return None
    if for_the_young(command.organisation, command.kinds) or lead_has_agreed(circumstances):
        return None
    reason = (
        "The client is under 18: only a young people's or Alateen meeting can be planned, "
        "unless the safeguarding lead has agreed by name (circumstances)."
    )
    return Refusal("adult-meeting", reason, "meetingId")
