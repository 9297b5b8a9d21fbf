"""A reply at hand for each concern: it shames nobody and says to nobody that they must (3-fama, *Concerns*).

Those that hand-outs 3 and 5 answer are answered here in the same words; the others are only talked about.
"""

from typing import get_args

from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import Concern
from services.referrals.handouts.blocks import BOTH, For, Points, Question
from services.referrals.handouts.catalogue import HANDOUTS

Replies = dict[Concern, Question]
_ANSWERED_BY = (3, 5)
_LISTS = {"benefits": 8, "problems": 9}

_FOR_ALL = (
    Question(
        "Will they keep it to themselves?",
        "Groups ask all who come to keep names and stories in the room. You can choose what you say and what you keep. "
        "A first name is enough.",
        "confidentiality",
    ),
    Question(
        "Is it safe there?",
        "You can come with someone, sit near the door and leave at any time. If a meeting or a person feels unsafe, "
        "tell us. We can look for a different one.",
        "safety",
    ),
    Question(
        "They have one way for all.",
        "Groups differ a lot. Some have steps, some have tools, some just talk. You can try two kinds and see. "
        "You can take what helps and leave the rest.",
        "one-model-for-all",
    ),
    Question(
        "I feel pushed to fit in.",
        "It is fine to say no, or to say nothing. If a group asks more of you than feels right, "
        "a different one may suit you more.",
        "pressure-to-conform",
    ),
    Question(
        "Some groups are not much good.",
        "That is true, they differ. Most people try a few. We know some of them and can tell you what they are like.",
        "quality-differs",
    ),
    Question(
        "Who would look after the children?",
        "Some meetings let children come along or have childcare. You can go online when they sleep. "
        "We can tell you who may help.",
        "childcare",
    ),
    Question(
        "I would not follow what they say.",
        "There are meetings in other languages, near or online. We can ask a group if someone may come along to "
        "help you. You can also just sit and listen.",
        "language",
    ),
    Question(
        "There is something else.",
        "Thank you for saying so. Tell me more, if you like. We can look at it together and there is no hurry.",
        "other",
    ),
)
_OWN: dict[For, tuple[Question, ...]] = {
    "self": (
        Question(
            "I do not want to stop for good.",
            "You set your own goal. Some groups aim at stopping, and many of them still welcome who is not sure. "
            "SMART lets you choose. You can come to find out what you want.",
            "not-aiming-at-abstinence",
        ),
    ),
    "family": (
        Question(
            "Somebody might see me there.",
            "Then they are there for the same kind of reason. Groups ask all who come to keep names to themselves. "
            "A group in the next town, or online, may feel safer.",
            "ashamed-to-be-seen",
        ),
    ),
}


@rule("Each concern has a reply at hand.", source="G", effect="suggests", where="Hand-outs 3 and 5")
@rule("A reply never shames and never says must.", source="O", effect="keeps")
def replies(whom: For) -> Replies:
    """In the order of the vocabulary, with only those that apply: family and friends are asked nothing of own use."""
    found = {block.concern: block for block in (*_questions(whom), *_FOR_ALL, *_OWN[whom])}
    return {concern: found[concern] for concern in get_args(Concern) if concern in found}


@rule("Benefits and problems that people name can be chosen from a list.", source="S", effect="suggests")
def to_choose_from(what: str, whom: For) -> tuple[str, ...]:
    """[S] `benefits` or `problems` that people name: own words come first, the list is for who asks for one."""
    return next(block.items for block in HANDOUTS[_LISTS[what], whom].blocks if isinstance(block, Points))


def _questions(whom: For) -> list[Question]:
    blocks = (block for number in _ANSWERED_BY for block in HANDOUTS[number, whom].blocks)
    return [block for block in blocks if isinstance(block, Question) and block.concern]


REPLIES: dict[For, Replies] = {whom: replies(whom) for whom in BOTH}
