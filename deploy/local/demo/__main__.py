"""`python -m deploy.local.demo`: makes what is missing of the demo data, through the doors of services that run."""

import asyncio
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from deploy.local.demo.apart import keep_apart
from deploy.local.demo.company import arrange
from deploy.local.demo.doors import Doors
from deploy.local.demo.glass import break_glass
from deploy.local.demo.knowing import know
from deploy.local.demo.lists import LISTS, import_list
from deploy.local.demo.manifest import Manifest, ManifestFile
from deploy.local.demo.people import ROBIN, STORIES
from deploy.local.demo.referral import open_referral, read_referral, shown_to_records
from deploy.local.demo.story import Story
from deploy.local.demo.systems import SYSTEMS, register
from deploy.local.demo.telling import Telling
from deploy.local.demo.todays_meeting import commit
from shared.cli.failing import Failed
from shared.cli.settings import read


class DemoData:
    """What is made, and the manifest that says how far it has come."""

    def __init__(self, doors: Doors, file: ManifestFile) -> None:
        self.doors = doors
        self.file = file
        self.made = file.read()

    async def make(self) -> None:
        robin = await self._robin()
        await self._register_systems()
        await self._import_lists()
        untold = [story for story in STORIES if story.key not in self.made.told]
        if untold or robin is None:
            await self._tell(untold)
            robin = await self._robin()
        if robin is None:
            raise Failed("The README's client is not there.")
        self._note(commitmentId=await commit(self.doors, robin, self.made.commitmentId, datetime.now(UTC)))

    async def _register_systems(self) -> None:
        for system in SYSTEMS:
            if system.name not in self.made.systems or not self.doors.settings.private_key(system.name).exists():
                await register(self.doors, system)
                self._note(systems=sorted({*self.made.systems, system.name}))

    async def _import_lists(self) -> None:
        for wanted in LISTS:
            if self.made.feeds.get(wanted.feed) != wanted.digest():
                report = await import_list(self.doors, wanted)
                _say(f"{report['new'] + report['changed'] + report['unchanged']:,} meetings of {wanted.feed}")
                self._note(feeds={**self.made.feeds, wanted.feed: wanted.digest()})

    async def _robin(self) -> Mapping[str, Any] | None:
        """The README's referral; without it the databases are other ones than last time, and all is made anew."""
        if self.made.referralId is None:
            return None
        shown = await read_referral(self.doors, ROBIN.keyworker, self.made.referralId)
        if shown is None:
            self.made = Manifest()
        return shown

    async def _tell(self, stories: list[Story]) -> None:
        """Each person's own stories one after the other, different people's side by side."""
        people: dict[str, list[Story]] = {}
        for story in stories:
            people.setdefault(story.name, []).append(story)
        await asyncio.gather(*(self._tell_of(theirs) for theirs in people.values()))
        await keep_apart(self.doors, self.made.referrals)
        await arrange(self.doors, self.made.referrals)
        await break_glass(self.doors, self.made.referrals)
        await know(self.doors, datetime.now(UTC).date())
        _say(f"{len(people)} fictional people")

    async def _tell_of(self, stories: list[Story]) -> None:
        for story in stories:
            shown = await self._referral(story)
            await Telling(self.doors, story, shown).tell()
            self._note(told=[*self.made.told, story.key])

    async def _referral(self, story: Story) -> dict[str, Any]:
        shown = await self._known(story)
        if shown is None:
            opened = await open_referral(self.doors, story, datetime.now(UTC))
            shown = await read_referral(self.doors, story.keyworker, opened)
        if shown is None:
            raise Failed(f"{story.key}: the referral is gone.")
        self._note(referrals={**self.made.referrals, story.key: shown["referralId"]})
        if story is ROBIN:
            self._note(referralId=shown["referralId"], clientId=shown["clientId"])
        return shown

    async def _known(self, story: Story) -> dict[str, Any] | None:
        referral_id = self.made.referrals.get(story.key) or await shown_to_records(self.doors, story)
        return await read_referral(self.doors, story.keyworker, referral_id) if referral_id else None

    def _note(self, **made: Any) -> None:  # noqa: ANN401 - the manifest's fields
        for name, value in made.items():
            setattr(self.made, name, value)
        self.file.write(self.made)


def _say(what: str) -> None:
    print(f"Demo data: {what}", flush=True)


async def _make() -> None:
    settings = read()
    doors = Doors(settings)
    async with doors.http:
        await DemoData(doors, ManifestFile(settings.demo)).make()


def main() -> int:
    try:
        asyncio.run(_make())
    except Failed as failed:
        print(failed.message, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
