"""Concerns that a client may raise, and a reply at hand for each: it never shames and never says must."""

from services.referrals.domain.vocabulary import For
from services.referrals.handouts.replies import REPLIES, Replies

_CONCERNS = {
    "everyone-knows-each-other": "They all know each other",
    "they-seem-happy": "They all seem so happy",
    "not-good-in-groups": "No good in groups",
    "introducing-myself": "Introducing myself",
    "talk-of-god": "Talk of God",
    "not-as-bad-as-them": "Never as bad as they are",
    "not-like-me": "They are not like me",
    "how-to-join": "How to join in",
    "are-they-for-real": "Are they for real?",
    "time-and-travel": "Time and travel",
    "cost": "Cost",
    "partner-and-family-time": "Time for partner and family",
    "doing-fine-without-it": "Doing fine without it",
    "going-alone": "Going alone",
    "ashamed-to-be-seen": "Ashamed to be seen",
    "confidentiality": "Will it stay private?",
    "safety": "Is it safe?",
    "not-aiming-at-abstinence": "Not aiming at abstinence",
    "one-model-for-all": "One model for all",
    "pressure-to-conform": "Pressure to conform",
    "quality-differs": "Groups differ in quality",
    "childcare": "Childcare",
    "language": "Language",
    "prescribed-medicine": "Prescribed medicine",
    "other": "Something else",
}
_OWN_USE_CONCERNS = (
    "not-as-bad-as-them",
    "doing-fine-without-it",
    "not-aiming-at-abstinence",
    "prescribed-medicine",
)
_FAMILY_CONCERNS = {
    "boundaries": "Where to draw the line",
    "enabling": "Making it easier for them to use",
    "guilt": "Guilt",
    "being-found-out": "Being found out",
}


def concerns(for_: For) -> dict[str, str]:
    """[Family] Nothing that implies own use; what family and friends are concerned about comes first."""
    if for_ == "self":
        return _CONCERNS
    return _FAMILY_CONCERNS | {code: text for code, text in _CONCERNS.items() if code not in _OWN_USE_CONCERNS}


def concern(code: str) -> str:
    return (_CONCERNS | _FAMILY_CONCERNS).get(code, code)


def replies(for_: For) -> Replies:
    """At hand for each concern, with what it answers: as hand-outs 5 and 3 say it, else in words of the same kind."""
    return REPLIES[for_]
