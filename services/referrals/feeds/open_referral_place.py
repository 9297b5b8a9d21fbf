"""Where an Open Referral service takes place: one of its locations."""

from dataclasses import dataclass

from services.referrals.feeds import coordinates, values
from services.referrals.feeds.open_referral_edition import Edition, inside, one_inside
from services.referrals.feeds.parsed import Unreadable
from services.referrals.feeds.values import Line
from shared.meetings import Format

# Not `attention`, which is a person.
_ADDRESS = ("address_1", "address_2", "city", "region", "state_province", "postal_code")
_FORMATS: dict[str, Format] = {"": "in-person", "physical": "in-person", "virtual": "online"}


@dataclass(frozen=True, slots=True)
class Place:
    """`location` is the line it was read from, for its coordinates: they are held against the meeting's time zone."""

    location_id: str
    format: Format
    name: str | None
    address: str | None
    online_link: str | None
    remarks: str | None
    location: Line

    @classmethod
    def read(cls, at: Line, edition: Edition) -> "Place":
        """Of a service at a location; Unreadable when nobody could find it."""
        location = one_inside(at, "location")
        format_, location_id = _format(location), values.source_id(location, "id")
        if "/" in location_id:
            raise Unreadable("id", "of a location holds a slash: two meetings could share an id")
        name, address = values.text(location, "name", values.PLACE), _address(location, edition)
        if format_ == "in-person" and not name and not address:
            raise Unreadable("location", "has neither a name nor an address")
        remarks = {"at": values.raw(at, "description")} | {
            field: values.raw(location, field) for field in ("description", "transportation")
        }
        return cls(
            location_id=location_id,
            format=format_,
            name=name,
            address=address,
            online_link=values.link(location, "url") if format_ == "online" else None,
            remarks=values.prose(remarks, *remarks, limit=values.DOOR),
            location=location,
        )

    def coordinates(self, time_zone: str) -> tuple[float, float] | tuple[None, None]:
        return coordinates.coordinates(self.location, "latitude", "longitude", time_zone)


def _format(location: Line) -> Format:
    kind = values.raw(location, "location_type").lower()
    if kind not in _FORMATS:
        raise Unreadable("location_type", f"{values.shown(kind)} is neither physical nor virtual: nobody meets there")
    return _FORMATS[kind]


def _address(location: Line, edition: Edition) -> str | None:
    """The first that is not only for letters."""
    for address in inside(location, edition.addresses):
        if values.raw(address, "address_type").lower() in ("", "physical"):
            return values.address(address, *_ADDRESS)
    return None
