"""Past experience and perceptions, per organisation (stage 1, step 2 [G]); stages 2 and 3 show it."""

from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.session_parts import Experience


@rule("A later word on an organisation replaces the earlier one.", source="G", effect="keeps", where="Stage 1, step 2")
def experience_shown(pathway: Pathway) -> tuple[Experience, ...]:
    """A later word on an organisation replaces the earlier one; what was carried over comes first."""
    latest = {experience.organisation: experience for experience in pathway.carried_over}
    for session in pathway.sessions_by_date:
        latest |= {experience.organisation: experience for experience in session.experience}
    return tuple(latest.values())
