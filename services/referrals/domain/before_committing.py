"""Before a first commitment [S, warning only]: what the client may want to have heard or asked."""

from collections.abc import Iterator

from services.referrals.domain.answers import Caution
from services.referrals.domain.commands_commitments import CommitToMeeting
from services.referrals.domain.experience import experience_shown
from services.referrals.domain.kinds_of_group import KindOfGroup, called, kind_of_group
from services.referrals.domain.needs import needs_now
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import Topic

SEEN_DIFFERENTLY: dict[KindOfGroup, tuple[Topic, ...]] = {
    "12-step": ("higher-power", "disease-idea", "abstinence", "sponsorship", "membership-for-life"),
    "smart": ("abstinence",),
    "other": ("abstinence",),
}
"""What kinds of group see differently, as far as each has a view of it."""
TOPICS: dict[Topic, str] = {
    "higher-power": "a higher power",
    "disease-idea": "the idea of a disease",
    "abstinence": "abstinence",
    "sponsorship": "sponsorship",
    "membership-for-life": "membership for life",
    "online-privacy": "privacy online",
}
_OF_THE_PROBLEM: frozenset[Topic] = frozenset({"abstinence"})
"""A family group has no view of its members' own use."""


@rule(
    "Before a first commitment, what the client has not heard of the group is named.",
    source="S",
    effect="warns",
    codes=("beliefs-not-heard",),
    where="Stage 2, step 4",
)
@rule(
    "Choosing an online group prompts a talk about privacy.",
    source="S",
    effect="warns",
    codes=("talk-about-privacy",),
    where="Stage 2, step 4",
)
@rule(
    "The group is asked before an interpreter comes to a closed meeting.",
    source="O",
    effect="warns",
    codes=("ask-about-interpreter",),
)
def before_committing(pathway: Pathway, command: CommitToMeeting) -> Iterator[Caution]:
    if beliefs := beliefs_not_heard(pathway, command.organisation):
        words = ", ".join(TOPICS[topic] for topic in beliefs)
        yield Caution(
            "beliefs-not-heard",
            f'Has the client heard how {called(command.organisation or "")} sees {words}? "Knew already" is an answer.',
        )
    if command.format == "online" and "online-privacy" not in _heard(pathway):
        yield Caution(
            "talk-about-privacy",
            "Online: talk about privacy at home, the device and its data, name and camera; "
            "against distance, childcare and access.",
        )
    if "closed" in command.kinds and _brings_an_interpreter(pathway):
        yield Caution("ask-about-interpreter", "A closed meeting: ask the group before bringing an interpreter.")


@rule("Knew already is an answer.", source="S", effect="keeps", where="Stage 2, step 4")
@rule("Only the first commitment to a kind of group asks.", source="S", effect="keeps", where="Stage 2, step 4")
def beliefs_not_heard(pathway: Pathway, organisation: str | None) -> tuple[Topic, ...]:
    """[S] Of this kind of group, before the first commitment to one: a client who has been there knows."""
    if organisation is None or _knows(pathway, kind_of_group(organisation)):
        return ()
    heard = _heard(pathway) | (_OF_THE_PROBLEM if pathway.for_ == "family" else frozenset())
    return tuple(topic for topic in SEEN_DIFFERENTLY[kind_of_group(organisation)] if topic not in heard)


def _knows(pathway: Pathway, kind: KindOfGroup) -> bool:
    committed = {made.organisation for made in pathway.commitments if made.state != "withdrawn"}
    been = {
        known.organisation for known in experience_shown(pathway) if known.level in ("regular", "years-then-relapse")
    }
    return any(kind_of_group(organisation) == kind for organisation in committed | been if organisation)


def _heard(pathway: Pathway) -> frozenset[Topic]:
    return frozenset(explained.topic for session in pathway.sessions for explained in session.explained)


def _brings_an_interpreter(pathway: Pathway) -> bool:
    needs = needs_now(pathway)
    return bool(needs and needs.interpreter) or any("interpreter" in session.present for session in pathway.sessions)
