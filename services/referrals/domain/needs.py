"""Reading and communication needs, raised sensitively (stage 1, step 4 [G])."""

from collections.abc import Sequence

from services.referrals.domain.pathway import Pathway, Session
from services.referrals.domain.rules import rule
from services.referrals.domain.session_parts import Needs


@rule(
    "Needs are those noted last, and a session that asked nothing changes nothing.",
    source="G",
    effect="keeps",
    where="Stage 1, step 4",
)
def needs_now(pathway: Pathway) -> Needs | None:
    """The latest word on them; None: nobody has asked yet. "Offered, declined" is an answer, and stands as one."""
    asked = _asked(pathway)
    return asked[-1].needs if asked else None


@rule("Unread-text needs stop text messages, and the latest word of all pathways counts.", source="O", effect="keeps")
def reads_text(pathways: Sequence[Pathway]) -> bool:
    """[O] Unread-text needs stop text messages. Of all the client's pathways the latest word counts."""
    asked = [session for pathway in pathways for session in _asked(pathway)]
    latest = max(asked, key=lambda session: session.held_at, default=None)
    return latest is None or latest.needs is None or not latest.needs.unread_text


@rule(
    "Hand-outs gone through together are no reading that is missing.",
    source="G",
    effect="keeps",
    where="Stage 1, step 4",
)
def handouts_together(pathway: Pathway) -> bool:
    """[G] Gone through together: then nothing is asked about what was read alone, and nothing nags "unread"."""
    needs = needs_now(pathway)
    return needs is not None and (needs.reading_together or needs.unread_text)


def _asked(pathway: Pathway) -> list[Session]:
    return [session for session in pathway.sessions_by_date if session.needs]
