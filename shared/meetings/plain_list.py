"""The columns of our own plain list of meetings (`--format csv`), as they are told to whoever fills one in."""

from dataclasses import dataclass

from shared.meetings.kinds import KINDS
from shared.meetings.organisations import ORGANISATIONS


@dataclass(frozen=True, slots=True)
class Column:
    """`holds`: what may be written there, in words. One that is not needed may be left empty, or out of the heading."""

    name: str
    holds: str
    needed: bool = False


_SEVERAL = "several with a semicolon between"
COLUMNS = (
    Column("id", "Your own, for ever the same for the same meeting; no two alike.", needed=True),
    Column("name", "What the meeting is called.", needed=True),
    Column("organisation", f"One of: {', '.join(ORGANISATIONS)}; or its name.", needed=True),
    Column("format", "in-person, online or hybrid.", needed=True),
    Column("weekday", "Monday to Sunday, in words. By appointment: empty, and start as well.", needed=True),
    Column("start", "19:30, as the clock shows it there, of 24 hours.", needed=True),
    Column("minutes", "How long it takes; an hour when empty."),
    Column("time_zone", "Europe/London; when empty, the one that is given at import."),
    Column("place", "The building, such as Quay House."),
    Column("address", "Street, town and postcode."),
    Column("directions", "How to find the door."),
    Column("latitude", "53.9512; with longitude, or neither."),
    Column("longitude", "-4.2031; east is positive."),
    Column("online_link", "Begins with https:// or http://."),
    Column("kinds", f"Any of: {', '.join(KINDS)}, language-cy (ISO 639); {_SEVERAL}."),
    Column("audience", "self, family or both; the organisation's when empty."),
    Column("for_what", f"alcohol, drug, gambling or other; {_SEVERAL}. The organisation's when empty."),
    Column("status", "active or closed-for-now; active when empty."),
    Column("confirmed_on", "The day somebody made sure of it, 2026-11-22."),
    Column("every_weeks", "2 for every second week, with counted_from; every week when empty."),
    Column("counted_from", "A date on which it is held, 2026-11-24; with every_weeks."),
    Column("weeks_of_month", f"1, 2, 3, 4 or last; {_SEVERAL}: 1;3 is the first and third. Every week when empty."),
)

EXAMPLE = (
    "id,name,organisation,format,weekday,start,minutes,time_zone,place,address,directions,latitude,longitude,"
    "online_link,kinds,audience,for_what,status,confirmed_on,every_weeks,counted_from,weeks_of_month\n"
    'tuesday-newcomers,Tuesday Newcomers,aa,in-person,Tuesday,19:30,90,,Quay House,"4 Tanyard Lane, Harrowmere",'
    '"Side door in the yard, ring the lower bell",53.9512,-4.2031,,open;newcomer;wheelchair,,,,2026-11-22,,,\n'
    "first-friday,SMART Friends on Friday,smart-family-friends,online,Friday,18:00,60,,,,,,,"
    "https://meet.example.org/friday,discussion,family,,,,,,1;3\n"
    "every-second-sunday,Walk and Talk,local,in-person,Sunday,10:00,,,The Boathouse,,,,,,outdoor,both,"
    "alcohol;drug,active,,2,2026-11-22,\n"
)
"""Three meetings with every column: weekly, the first and third of a month, every second week."""
