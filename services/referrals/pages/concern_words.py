"""Concerns that a client may raise, and a reply at hand for each: it never shames and never says must."""

from services.referrals.domain.vocabulary import For
from services.referrals.handouts.blocks import Question
from services.referrals.handouts.catalogue import HANDOUTS

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
_REPLIES = {
    "confidentiality": "Groups ask everybody to keep who was there and what was said to themselves. "
    "A first name is enough.",
    "safety": "You can leave at any time, sit near the door, or bring somebody. "
    "If it felt wrong, tell us: there are others.",
    "not-aiming-at-abstinence": "Many people come who are still making up their minds. "
    "Some groups, such as SMART, start from your own goal.",
    "one-model-for-all": "Groups differ more than they seem to. You could try two kinds and compare them.",
    "pressure-to-conform": "You can take what is of use and leave the rest. "
    "A different meeting may leave you more room.",
    "quality-differs": "They do, from week to week. Two or three tries, or another group, tell you more than one.",
    "childcare": "Some meetings welcome children, and some are online in the evening. We can look for one together.",
    "language": "Some meetings are held in other languages, in person or online. We can look for one together.",
    "ashamed-to-be-seen": "Those who are there came for the same kind of reason. "
    "One in the next town, or online, may feel safer.",
    "boundaries": "Others there have asked the same. You decide what you can give and what you cannot.",
    "enabling": "Nobody there will blame you. People talk about what they tried, and what helped them.",
    "guilt": "Many come with that feeling. You did not cause it, and you need not carry it alone.",
    "being-found-out": "What is said there stays there, and you need not tell anybody that you go.",
    "prescribed-medicine": "What you take is between you and your doctor. "
    "Stay on it, and talk to us before you change it.",
    "other": "Thank you for telling me. Shall we look at it together?",
}


def concerns(for_: For) -> dict[str, str]:
    """[Family] Nothing that implies own use; what family and friends are concerned about comes first."""
    if for_ == "self":
        return _CONCERNS
    return _FAMILY_CONCERNS | {code: text for code, text in _CONCERNS.items() if code not in _OWN_USE_CONCERNS}


def concern(code: str) -> str:
    return (_CONCERNS | _FAMILY_CONCERNS).get(code, code)


def replies(for_: For) -> dict[str, str]:
    """At hand for each concern: as hand-outs 5 and 3 say it, else in words of the same kind."""
    blocks = [block for number in (3, 5) for block in HANDOUTS[number, for_].blocks]
    told = {block.concern: block.answer for block in blocks if isinstance(block, Question) and block.concern}
    return _REPLIES | told
