import pytest

from services.referrals.peers.discreet import discreet


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("St Mark's Hall", "Northgate", "York"), "St Mark's Hall, Northgate, York"),
        (("The Weir Recovery Hub", "Old Weir Mill", "Weir Street"), "Old Weir Mill, Weir Street"),
        (("Alano Club", "12 High Street", "York"), "12 High Street, York"),
        (("Northside Drug and Alcohol Service",), ""),
        (("Smartt Street Chapel", None, "Naas"), "Smartt Street Chapel, Naas"),
    ],
)
def test_of_a_place_only_what_tells_nothing_of_what_is_held_there_is_left(
    parts: tuple[str | None, ...], shown: str
) -> None:
    assert discreet(parts) == shown
