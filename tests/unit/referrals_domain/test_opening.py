from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from services.referrals.domain.commands_opening import OpenReferral
from services.referrals.domain.ids import ClientId, ReferralId
from services.referrals.domain.opening import open_referral
from services.referrals.domain.replay import replay
from services.referrals.domain.session_parts import Experience
from tests.unit.referrals_domain.story import Story, at, day, refused

COMMAND = OpenReferral(
    referral_id=ReferralId(uuid4()),
    client_id=ClientId(uuid4()),
    provider="X99",
    team="north",
    for_="self",
    for_what=("alcohol", "drug", "alcohol"),
    time_zone="Europe/London",
    opened_at=at(0),
    recorded_at=at(0),
)


def test_a_second_open_pathway_of_the_same_kind_is_refused() -> None:
    own = Story("self")
    command = replace(COMMAND, client_id=own.client_id)
    assert refused(open_referral(command, [own.pathway])) == ("already-open", None)
    assert isinstance(open_referral(replace(command, for_="family"), [own.pathway]), list)
    own.end("transferred", at(1))
    assert isinstance(open_referral(command, [own.pathway]), list)


def test_another_providers_pathway_is_not_even_known() -> None:
    own = Story("self")
    elsewhere = replace(COMMAND, client_id=own.client_id, provider="X98")
    events = open_referral(elsewhere, [own.pathway])
    assert isinstance(events, list)
    assert (replay(events).earlier, replay(events).carried_over) == ((), ())


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (replace(COMMAND, for_what=()), ("for-what-missing", "forWhat")),
        (replace(COMMAND, time_zone="Europe/Lundon"), ("unknown-time-zone", "timeZone")),
        (replace(COMMAND, opened_at=at(0).replace(tzinfo=None)), ("no-time-zone", "openedAt")),
        (replace(COMMAND, opened_at=at(0) + timedelta(minutes=6)), ("in-the-future", "openedAt")),
        (replace(COMMAND, opened_at=at(0).replace(year=1)), ("too-far-back", "openedAt")),
        (replace(COMMAND, opened_at=at(0).replace(year=9999)), ("in-the-future", "openedAt")),
    ],
)
def test_an_opening_says_what_it_is_about_and_in_which_time_zone(
    command: OpenReferral, expected: tuple[str, str]
) -> None:
    assert refused(open_referral(command)) == expected


def test_a_time_is_not_before_1900_and_at_most_five_minutes_ahead() -> None:
    assert isinstance(open_referral(replace(COMMAND, opened_at=at(-20 * 365))), list)
    assert refused(open_referral(replace(COMMAND, opened_at=at(0).replace(year=1899)))) == ("too-far-back", "openedAt")
    assert isinstance(open_referral(replace(COMMAND, opened_at=at(0) + timedelta(minutes=5))), list)


def test_the_day_it_was_opened_is_the_clients_own() -> None:
    story = Story(opened=at(0, 23, 59))
    assert story.pathway.opened_on == day(0)
    assert story.pathway.opened_at == at(0, 23, 59)


def test_the_latest_word_on_each_organisation_is_carried_over_through_two_endings() -> None:
    first = Story(opened=at(-200))
    first.hold(2, at(-150), experience=(Experience(organisation="AA", level="some"),))
    first.hold(1, at(-190), experience=(Experience(organisation="AA", level="none"),))
    first.hold(1, at(-189), experience=(Experience(organisation="SMART", level="regular"),))
    first.end("engaged", at(-140))
    second = Story(earlier=(first.pathway,), opened=at(-100))
    second.hold(1, at(-99), experience=(Experience(organisation="AA", level="years-then-relapse"),))
    second.end("lost-contact", at(-50))
    third = Story(earlier=(first.pathway, second.pathway))
    levels = {experience.organisation: experience.level for experience in third.pathway.carried_over}
    assert levels == {"AA": "years-then-relapse", "SMART": "regular"}
