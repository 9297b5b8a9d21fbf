"""What a session may note, as keyworkers say it. Order is the order on the page."""

from collections.abc import Mapping

from services.referrals.domain.vocabulary import For
from services.referrals.handouts.blocks import Question
from services.referrals.handouts.catalogue import HANDOUTS
from shared.meetings import ORGANISATIONS

HOW = {"in-person": "In person", "phone": "By phone", "video": "By video", "": "Not recorded"}
ROLES = {
    "partner": "Partner",
    "carer": "Carer",
    "advocate": "Advocate",
    "interpreter": "Interpreter",
}
LEVELS = {"none": "None", "some": "Some", "regular": "Went regularly", "years-then-relapse": "Years, then a relapse"}
HANDOUT_STATES = {"given": "Given", "read": "Read", "talked-through": "Talked through", "filled-in": "Filled in"}
NEEDS = {
    "readingTogether": "Go through the hand-outs together",
    "largePrint": "Large print",
    "interpreter": "An interpreter",
    "unreadText": "Does not read text: no text messages are sent",
}
ONWARD = {
    "offered-declined": "Offered, declined",
    "offered-accepted": "Offered, accepted",
    "made": "Referral made",
    "": "Not recorded",
}
TOPICS = {
    "higher-power": "A higher power",
    "disease-idea": "Addiction seen as a disease",
    "abstinence": "Abstinence",
    "sponsorship": "Sponsorship",
    "membership-for-life": "Belonging for life",
    "online-privacy": "Privacy online: home, device, name and camera",
}
EXPLAINED = {"explained": "Explained", "knew-already": "Knew already", "": "Not recorded"}
WAYS = {
    "talk-at-meetings": "Talks at meetings",
    "swap-numbers": "Swaps telephone numbers",
    "home-group": "Has a home group",
    "regular-meeting": "Has a regular meeting",
    "speak-about-sponsorship": "Speaks to people about sponsorship",
    "sponsor": "Has a sponsor",
    "doing-service": "Does service",
    "facilitator-training": "Trains as a facilitator",
}
_TWELVE_STEP = ("talk-at-meetings", "swap-numbers", "home-group", "speak-about-sponsorship", "sponsor", "doing-service")
_SMART = ("talk-at-meetings", "swap-numbers", "regular-meeting", "facilitator-training")
REASONS = {
    "unsupported": "Felt unsupported",
    "judged": "Felt judged",
    "conflict": "Conflict in the group",
    "values": "Values differ",
    "too-strict": "Too strict",
    "too-loose": "Too loose",
    "a-few-dominate": "A few dominate",
    "size": "Too large or too small",
    "privacy-broken": "Privacy was broken",
    "only-venting": "Only venting",
    "pressured": "Felt pressured",
    "no-progress": "No progress",
    "cancelled": "Was cancelled",
}
RISKS: Mapping[str, tuple[str, str]] = {
    "severe-dependence": (
        "Severe dependence",
        "Mutual aid goes alongside treatment. Speak to the prescriber or doctor before anything is stopped.",
    ),
    "withdrawal-risk": (
        "Risk in withdrawal",
        "Stopping suddenly can be dangerous: speak to the prescriber or doctor today, NHS 111 out of hours, 999 if urgent.",
    ),
    "crisis": ("Crisis", "Help now comes before any meeting: the crisis team, NHS 111, 999 if a life is in danger."),
    "co-occurring-mental-health": (
        "Co-occurring mental health condition",
        "Mutual aid goes alongside care for it. Fellowships made for both are in the list of meetings.",
    ),
}
_OWN_USE_RISKS = ("severe-dependence", "withdrawal-risk", "co-occurring-mental-health")
BARRIERS = {
    "": "Choose one",
    "childcare": "Childcare",
    "transport": "Transport",
    "money": "Money",
    "housing": "Housing",
    "legal": "Legal",
}
TAKEN_UP = {"": "Not known yet", "yes": "Taken up", "no": "Not taken up"}
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
    "confidentiality": "Groups ask everybody to keep who was there and what was said to themselves. A first name is enough.",
    "safety": "You can leave at any time, sit near the door, or bring somebody. If it felt wrong, tell us: there are others.",
    "not-aiming-at-abstinence": "Many people come who are still making up their minds. Some groups, such as SMART, start "
    "from your own goal.",
    "one-model-for-all": "Groups differ more than they seem to. You could try two kinds and compare them.",
    "pressure-to-conform": "You can take what is of use and leave the rest. A different meeting may leave you more room.",
    "quality-differs": "They do, from week to week. Two or three tries, or another group, tell you more than one.",
    "childcare": "Some meetings welcome children, and some are online in the evening. We can look for one together.",
    "language": "Some meetings are held in other languages, in person or online. We can look for one together.",
    "ashamed-to-be-seen": "Those who are there came for the same kind of reason. One in the next town, or online, may feel "
    "safer.",
    "boundaries": "Others there have asked the same. You decide what you can give and what you cannot.",
    "enabling": "Nobody there will blame you. People talk about what they tried, and what helped them.",
    "guilt": "Many come with that feeling. You did not cause it, and you need not carry it alone.",
    "being-found-out": "What is said there stays there, and you need not tell anybody that you go.",
    "prescribed-medicine": "What you take is between you and your doctor. Stay on it, and talk to us before you change it.",
    "other": "Thank you for telling me. Shall we look at it together?",
}
GOALS_AT_FIRST = ("read-handouts", "choose-meeting", "ask-others-about-meetings")


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


def risks(for_: For) -> dict[str, tuple[str, str]]:
    """[Family] No dependence notices."""
    return {code: said for code, said in RISKS.items() if for_ == "self" or code not in _OWN_USE_RISKS}


def levels(for_: For) -> dict[str, str]:
    return {code: text for code, text in LEVELS.items() if for_ == "self" or code != "years-then-relapse"}


def ways(organisation: str) -> dict[str, str]:
    """[G] They differ per kind of group, and are never shown as missing where a group lacks them."""
    known = ORGANISATIONS.get(organisation)
    if known and known.twelve_step:
        return {code: WAYS[code] for code in _TWELVE_STEP}
    return {code: WAYS[code] for code in _SMART} if organisation.startswith("smart") else {}
