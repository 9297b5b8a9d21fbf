"""What a session may note, as keyworkers say it. Order is the order on the page."""

from collections.abc import Mapping

from services.referrals.domain.vocabulary import For
from services.referrals.pages.concern_words import concern, concerns, replies
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
HANDOUT_NUMBERS = tuple(str(number) for number in range(1, 11))
HANDOUT_FORMATS = {
    "": "As usual",
    "large-print": "Large print",
    "easy-read": "Easy read",
    "audio": "Audio",
    "braille": "Braille",
}
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
        "Stopping suddenly can be dangerous: speak to the prescriber or doctor today, NHS 111 at night, 999 if urgent.",
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
__all__ = ["concern", "concerns", "replies"]
"""Beside what is here, for the templates."""
GOALS_AT_FIRST = ("read-handouts", "choose-meeting", "ask-others-about-meetings")


def formats(recorded: str) -> dict[str, str]:
    """Also the one that was recorded by other doors."""
    return HANDOUT_FORMATS | ({} if recorded in HANDOUT_FORMATS else {recorded: recorded})


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
