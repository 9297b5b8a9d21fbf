"""A session's review: of each meeting that was planned and not heard of yet, how it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.referrals.domain.pathway import Commitment, Pathway
from services.referrals.handlers.word import Words
from services.referrals.pages.forms import Form
from services.referrals.pages.hearing import said_in
from services.referrals.pages.hearing_words import meeting
from shared.meetings import Meeting
from shared.problems import Refused
from shared.web.problems import ApiProblem

PREFIX = "planned"


@dataclass(frozen=True, slots=True)
class NotHeard:
    """`prefix`: of its fields' names on the page."""

    made: Commitment
    name: str
    prefix: str


def not_heard_yet(pathway: Pathway, meetings: Mapping[UUID, Meeting], now: datetime) -> Sequence[NotHeard]:
    """Begun, and without a word: that is asked here. What is settled is corrected on the client's page."""
    return [
        NotHeard(made, meeting(meetings.get(made.meeting_id), made.organisation), _prefix(made))
        for made in pathway.commitments
        if made.state == "planned" and made.start <= now
    ]


async def tell_of_planned(words: Words, form: Form, pathway: Pathway, now: datetime) -> None:
    """What the session's page says of them. Refused at its fields; left alone it is "not recorded"."""
    for made in pathway.commitments:
        prefix = _prefix(made)
        if not form.value(f"{prefix}outcome"):
            continue
        try:
            await words.of_commitment(pathway.referral_id, made.commitment_id, said_in(form, now, prefix))
        except ApiProblem as problem:
            found = [replace(each, field=f"{prefix}{each.field}") for each in problem.errors]
            raise Refused(*found) from None


def _prefix(made: Commitment) -> str:
    return f"{PREFIX}-{made.commitment_id}-"
