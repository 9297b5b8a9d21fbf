"""Days and hours for people, and the words that go with a link. They name neither the service nor the reason.

By the client's clocks: an online meeting may go by others, and both of them would come at the wrong hour.
"""

from datetime import datetime

from services.referrals.peers.request import Request
from shared.meetings.zones import zone


def day(at: datetime, time_zone: str) -> str:
    """Thursday 26 November, there."""
    local = at.astimezone(zone(time_zone))
    return f"{local:%A} {local.day} {local:%B}"


def hour(at: datetime, time_zone: str) -> str:
    """As the NHS writes times: 7pm, 7:30pm, midday, midnight."""
    local = at.astimezone(zone(time_zone))
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def invitation(known_as: str, request: Request, link: str) -> str:
    """Ready to be sent by whoever knows the peer supporter. Read over a shoulder it tells of a day and an hour."""
    start, time_zone = request.made.start, request.time_zone
    when = f"{day(start, time_zone)} at {hour(start, time_zone)}"
    return f"Hello {known_as}, could you come along on {when}? You can say yes or no here, either is fine: {link}"
