"""What a keyworker is reminded of as a meeting is planned [S]: warnings only."""

from services.referrals.domain.events_commitments import CommitmentMade
from services.referrals.domain.session_parts import Experience, Explained, Needs
from services.referrals.domain.vocabulary import For, Topic
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at

BELIEFS: tuple[Topic, ...] = ("higher-power", "disease-idea", "abstinence", "sponsorship", "membership-for-life")


def cautions(story: Story) -> dict[str, str]:
    made = story.latest[0]
    assert isinstance(made, CommitmentMade)
    return {caution.code: caution.reason for caution in made.cautions}


def first_to(organisation: str, for_: For = "self", *heard: Topic) -> dict[str, str]:
    story = Story(for_)
    story.hold(2, at(1), explained=tuple(Explained(topic=topic, how="knew-already") for topic in heard))
    story.commit(AA, at(3, 19), made=at(1), organisation=organisation, audience=for_)
    return cautions(story)


def test_before_a_first_commitment_what_the_client_has_not_heard_of_the_group_is_named() -> None:
    assert "a higher power" in first_to("aa")["beliefs-not-heard"]
    assert "a higher power" not in first_to("aa", "self", "higher-power")["beliefs-not-heard"]
    assert "Alcoholics Anonymous" in first_to("aa")["beliefs-not-heard"]


def test_knew_already_is_an_answer() -> None:
    assert first_to("aa", "self", *BELIEFS) == {}


def test_a_group_is_asked_about_only_what_it_has_a_view_of() -> None:
    assert "sponsor" not in first_to("smart-recovery")["beliefs-not-heard"]
    assert first_to("smart-family-friends", "family") == {}
    assert "abstinence" not in first_to("al-anon", "family")["beliefs-not-heard"]


def test_only_the_first_commitment_to_a_kind_of_group_asks() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1), organisation="aa")
    story.commit(NA, at(4, 19), made=at(1), organisation="na")
    assert cautions(story) == {}
    story.commit(SMART, at(5, 19), made=at(1), organisation="smart-recovery")
    assert list(cautions(story)) == ["beliefs-not-heard"]


def test_a_client_who_has_been_to_one_for_years_knows() -> None:
    story = Story()
    story.hold(1, at(1), experience=(Experience(organisation="na", level="years-then-relapse"),))
    story.commit(AA, at(3, 19), made=at(1), organisation="aa")
    assert cautions(story) == {}


def test_choosing_an_online_group_prompts_a_talk_about_privacy() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1), format="online")
    assert list(cautions(story)) == ["talk-about-privacy"]
    story.hold(2, at(2), explained=(Explained(topic="online-privacy", how="explained"),))
    story.commit(AA, at(4, 19), made=at(2), format="online")
    assert cautions(story) == {}


def test_the_group_is_asked_before_an_interpreter_comes_to_a_closed_meeting() -> None:
    story = Story()
    story.hold(1, at(1), needs=Needs(interpreter=True))
    story.commit(AA, at(3, 19), made=at(1), kinds=("closed",))
    assert list(cautions(story)) == ["ask-about-interpreter"]
    story.commit(AA, at(4, 19), made=at(1), kinds=("open",))
    assert cautions(story) == {}


def test_a_client_without_an_interpreter_needs_no_such_word() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1), kinds=("closed",))
    assert cautions(story) == {}
