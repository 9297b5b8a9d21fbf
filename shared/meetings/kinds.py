"""What kind of meeting it is, as codes to filter by (3-fama, *Meetings*)."""

import re

KINDS: dict[str, str] = {
    "open": "Open to anybody who is interested",
    "closed": "Only for people who have the problem themselves",
    "newcomer": "For people who are new",
    "step": "About the steps",
    "tradition": "About the traditions",
    "literature": "Reads and talks about the organisation's literature",
    "speaker": "Somebody tells their story",
    "discussion": "Everybody may talk",
    "meditation": "Meditation",
    "question-and-answer": "Questions and answers",
    "women": "Women only",
    "men": "Men only",
    "young-people": "For young people",
    "older-people": "For older people",
    "lgbtq": "For LGBTQ+ people",
    "profession": "For one profession",
    "culture": "For people of one culture or heritage",
    "secular": "Secular",
    "co-occurring": "For people with a co-occurring mental health condition",
    "wheelchair": "Wheelchair accessible",
    "sign-language": "Signed, or for deaf people and people hard of hearing",
    "visually-impaired": "For blind people and people with impaired sight",
    "childcare": "Childcare is there",
    "children-welcome": "Children may come along",
    "no-children": "Children may not come along",
    "restricted-entry": "The building restricts who comes in (for example: shows identity)",
    "attendance-card": "Signs a card that says who attended",
    "outdoor": "Outdoors",
}

# `language-cy`: held in Welsh (ISO 639, two or three letters).
_LANGUAGE = re.compile(r"language-[a-z]{2,3}", re.ASCII)


def is_kind(code: str) -> bool:
    """Whether it is a code of ours, `language-…` included."""
    return code in KINDS or _LANGUAGE.fullmatch(code) is not None
