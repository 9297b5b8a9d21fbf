"""What a rule refuses, as the caller is told it."""

from services.referrals.domain.answers import Refusal
from shared.problems import Problem
from shared.web.problems import ApiProblem, not_found, unprocessable

UNKNOWN = frozenset({"unknown-session", "unknown-commitment", "unknown-goal"})


def refused(refusal: Refusal) -> ApiProblem:
    """422 with the rule's reason; 404 where it is about something that is not there.

    What no field of the body is at fault for, the state is: of the referral, session, goal or commitment.
    """
    if refusal.code in UNKNOWN:
        return not_found(refusal.reason)
    return unprocessable(Problem(refusal.field or "state", refusal.code, refusal.reason))
