import pytest

from services.referrals.feeds.coordinates import coordinates
from services.referrals.feeds.parsed import Unreadable


def placed(latitude: object, longitude: object, time_zone: str) -> tuple[float, float] | tuple[None, None]:
    return coordinates({"latitude": latitude, "longitude": longitude}, "latitude", "longitude", time_zone)


PLACES = [
    (53.95, -4.2, "Europe/London"),
    (49.2, -2.1, "Europe/Jersey"),
    (40.7, -73.9, "America/New_York"),
    (-33.9, 151.2, "Australia/Sydney"),
    (39.5, 76.0, "Asia/Shanghai"),
    (-18.1, 178.4, "Pacific/Fiji"),
    (61.2, -149.9, "America/Anchorage"),
    (40.7, -73.9, "Europe/London"),
]


@pytest.mark.parametrize(("latitude", "longitude", "time_zone"), PLACES)
def test_a_place_is_where_the_feed_says(latitude: float, longitude: float, time_zone: str) -> None:
    assert placed(latitude, longitude, time_zone) == (latitude, longitude)


@pytest.mark.parametrize(
    ("latitude", "longitude", "time_zone"),
    [
        (49.2, -2.1, "Europe/Jersey"),
        (40.7, -73.9, "America/New_York"),
        (-33.9, 151.2, "Australia/Sydney"),
        (61.2, -149.9, "America/Anchorage"),
    ],
)
def test_swapped_degrees_are_refused_the_world_over(latitude: float, longitude: float, time_zone: str) -> None:
    with pytest.raises(Unreadable) as refused:
        placed(longitude, latitude, time_zone)
    assert refused.value.field == "latitude"


def test_in_britain_swapped_degrees_are_refused_and_the_reason_says_so() -> None:
    with pytest.raises(Unreadable, match="look swapped") as refused:
        placed("-4.2031", "53.9512", "Europe/London")
    assert refused.value.field == "latitude"


@pytest.mark.parametrize(("latitude", "longitude"), [(0, 0), (None, -4.2), ("53.9", ""), ("0.0", "0")])
def test_half_a_place_and_the_sea_off_ghana_are_none(latitude: object, longitude: object) -> None:
    assert placed(latitude, longitude, "Europe/London") == (None, None)
