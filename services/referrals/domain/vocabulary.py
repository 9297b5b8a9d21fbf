"""The words of the guide as codes (3-fama). What is not listed here is not a state that FAMA knows."""

from typing import Literal

For = Literal["self", "family"]
Audience = Literal["self", "family", "both"]
ForWhat = Literal["alcohol", "drug", "gambling", "other"]
MeetingStatus = Literal["active", "closed-for-now", "withdrawn"]
Format = Literal["in-person", "online", "hybrid"]

Stage = Literal[1, 2, 3]
How = Literal["in-person", "phone", "video"]
Role = Literal["partner", "carer", "advocate", "interpreter"]
HandoutState = Literal["given", "read", "talked-through", "filled-in"]
"""7 to 10 are filled in, not read; 6b and 6c, too."""
ExperienceLevel = Literal["none", "some", "regular", "years-then-relapse"]
Concern = Literal[
    # Hand-out 5 [G]
    "everyone-knows-each-other",
    "they-seem-happy",
    "not-good-in-groups",
    "introducing-myself",
    "talk-of-god",
    "not-as-bad-as-them",
    "not-like-me",
    "how-to-join",
    "are-they-for-real",
    # Hand-out 3 [G]
    "time-and-travel",
    "cost",
    "partner-and-family-time",
    "doing-fine-without-it",
    "going-alone",
    # Other published descriptions [S]
    "ashamed-to-be-seen",
    "confidentiality",
    "safety",
    "not-aiming-at-abstinence",
    "one-model-for-all",
    "pressure-to-conform",
    "quality-differs",
    # Our own [O]
    "childcare",
    "language",
    "prescribed-medicine",
    "other",
    # Family and friends
    "boundaries",
    "enabling",
    "guilt",
    "being-found-out",
]

OnwardReferral = Literal["offered-declined", "offered-accepted", "made"]
Topic = Literal[
    "higher-power",
    "disease-idea",
    "abstinence",
    "sponsorship",
    "membership-for-life",
    "online-privacy",
]
HowExplained = Literal["explained", "knew-already"]
Way = Literal[
    "talk-at-meetings",
    "swap-numbers",
    "home-group",
    "speak-about-sponsorship",
    "sponsor",
    "doing-service",
    "regular-meeting",
    "facilitator-training",
]
DidNotFitReason = Literal[
    "unsupported",
    "judged",
    "conflict",
    "values",
    "too-strict",
    "too-loose",
    "a-few-dominate",
    "size",
    "privacy-broken",
    "only-venting",
    "pressured",
    "no-progress",
    "cancelled",
]
Risk = Literal["severe-dependence", "withdrawal-risk", "crisis", "co-occurring-mental-health"]
BarrierKind = Literal["childcare", "transport", "money", "housing", "legal"]
ReleasedFrom = Literal["prison", "detox", "rehab"]

GoalKind = Literal[
    "read-handouts",
    "ask-others-about-meetings",
    "choose-meeting",
    "attend-meeting",
    "attend-different-meeting",
    "compare-two-kinds",
    "keep-journal",
    "bring-journal",
    "talk-at-meetings",
    "swap-numbers",
    "home-group",
    "speak-about-sponsorship",
    "sponsor",
    "doing-service",
    "facilitator-training",
    "own-words",
]
GoalState = Literal["proposed", "agreed", "achieved", "not-achieved", "dropped", "paused"]
GoalOutcome = Literal["agreed", "achieved", "not-achieved", "dropped"]

Outcome = Literal["attended", "not-attended", "not-known"]
ReportedBy = Literal["client", "keyworker", "peer", "emitter"]
Teller = Literal["client", "keyworker"]
"""Whose word a keyworker may bring: what a client says of themselves, or what the keyworker confirms."""
ConfirmedOn = Literal["client-word", "signed-slip"]
NotAttendedReason = Literal["not-on", "could-not-find-it", "peer-did-not-come", "ill", "chose-not-to"]
CommitmentState = Literal["planned", "withdrawn", "attended", "not-attended", "not-known", "went-to-another"]
CommitmentOutcome = Literal["planned", "attended", "not-attended", "not-known", "went-to-another"]

EndingKind = Literal["engaged", "not-at-this-time", "completed-treatment", "transferred", "lost-contact", "died"]
FlagCode = Literal[
    "disagreement",
    "not-heard-from",
    "message-undeliverable",
    "wants-to-talk",
    "lapse",
    "meeting-changed",
    "meeting-closed",
    "meeting-paused",
    "company-to-arrange",
    "company-fell-through",
    "tell-the-peer",
    "act-by-hand",
    "glass-broken",
]
MeetingChange = Literal["day", "time", "place", "format", "link", "who-may-come", "held-again"]
