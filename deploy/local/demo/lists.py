"""The lists of meetings beside this file, imported by who looks after operations."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from deploy.local.demo.doors import Doors

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class MeetingList:
    """A feed's name and a line's id make the meeting's id: neither may change."""

    feed: str
    format: str
    time_zone: str
    file: str
    formats: str | None = None

    @property
    def files(self) -> dict[str, bytes]:
        names = {"file": self.file} | ({"formats": self.formats} if self.formats else {})
        return {part: (HERE / name).read_bytes() for part, name in names.items()}

    def digest(self) -> str:
        return sha256(repr((self.format, self.time_zone, *self.files.values())).encode()).hexdigest()


UK = MeetingList("uk-demo", "csv", "Europe/London", "uk_directory.csv")
LISTS = (
    UK,
    MeetingList("aa-online", "meeting-guide", "America/New_York", "meeting_guide_online_aa.json"),
    MeetingList("na-new-york", "bmlt", "America/New_York", "bmlt_new_york.json", "bmlt_new_york_formats.json"),
)


async def import_list(doors: Doors, wanted: MeetingList) -> dict[str, Any]:
    """`{new, changed, unchanged, gone, refused}`."""
    asked = {"feed": wanted.feed, "format": wanted.format, "timeZone": wanted.time_zone}
    answer = await doors.call("otto", "POST", "referrals", "/api/directory/imports", params=asked, files=wanted.files)
    report: dict[str, Any] = answer.json()
    return report
