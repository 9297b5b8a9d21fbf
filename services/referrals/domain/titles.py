"""What codes are called in the service (3-fama, *Words*)."""

from collections.abc import Mapping

from services.referrals.domain.vocabulary import EndingKind, FlagCode, GoalKind

FLAG_TITLES: Mapping[FlagCode, str] = {
    "disagreement": "Sources disagree",
    "not-heard-from": "Not heard from",
    "message-undeliverable": "A message did not arrive",
    "wants-to-talk": "Would like to talk something over",
    "lapse": "A lapse was noted",
    "meeting-changed": "A planned meeting has changed",
    "meeting-closed": "A planned meeting is not held",
    "meeting-paused": "A planned meeting is not suggested for now",
    "company-to-arrange": "Someone to go with is wanted",
    "company-fell-through": "Someone to go with cannot come",
    "tell-the-peer": "A peer supporter is to be told",
    "glass-broken": "Looked at from another team",
    "act-by-hand": "No message can be sent",
}
GOAL_TITLES: Mapping[GoalKind, str] = {
    "read-handouts": "Read the hand-outs",
    "ask-others-about-meetings": "Ask others about meetings they liked",
    "choose-meeting": "Think about which meeting to go to",
    "attend-meeting": "Go to a meeting",
    "attend-different-meeting": "Go to a different meeting",
    "compare-two-kinds": "Go to two kinds of meeting and compare",
    "keep-journal": "Keep the journal",
    "bring-journal": "Bring the journal to the next session",
    "talk-at-meetings": "Talk at meetings",
    "swap-numbers": "Swap telephone numbers",
    "home-group": "Find a home group",
    "speak-about-sponsorship": "Speak to people about sponsorship",
    "sponsor": "Find a sponsor",
    "doing-service": "Do service",
    "facilitator-training": "Train as a facilitator",
    "own-words": "In the client's own words",
}
ENDING_TITLES: Mapping[EndingKind, str] = {
    "engaged": "Engaged with mutual aid",
    "not-at-this-time": "Not at this time: the client's decision",
    "completed-treatment": "Completed treatment",
    "transferred": "Transferred",
    "lost-contact": "Lost contact",
    "died": "Died",
}
