"""Telling a story: each step through the door that anybody would use, unless it is there already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deploy.local.demo.company import OnPaper, go_together
from deploy.local.demo.doors import Doors, until
from deploy.local.demo.referral import read_referral
from deploy.local.demo.session_body import session_body
from deploy.local.demo.story import (
    Circumstances,
    Commitment,
    Dated,
    Ending,
    GoalEnded,
    Proposal,
    Reopening,
    Session,
    Story,
    WentTogether,
    Word,
)
from deploy.local.demo.systems import SOURCE, SPEAKERS
from deploy.local.demo.timeline import ZONE, Occasion, Timeline
from shared.cli.attendance_event import attendance_event
from shared.cli.failing import Failed

_ON_EVENTS = {"content-type": "application/cloudevents+json"}


@dataclass
class Telling:
    """One story at its referral. `shown` is the referral as it was found."""

    doors: Doors
    story: Story
    shown: Mapping[str, Any]

    async def tell(self) -> None:
        """Returns when what was said of meetings has come back to the referral."""
        await self._agree()
        for step in self.story.steps:
            await self._take(step)
        if self.story.contact:
            await self._put_contact()
        words = [step.of for step in self.story.steps if isinstance(step, Word)]
        if words and not any(isinstance(step, Ending) for step in self.story.steps):
            await until(f"{self.story.key}: word of each meeting", lambda: self._has_word_of(words))

    async def _take(self, step: object) -> None:
        match step:
            case Session():
                await self._hold(step)
            case Proposal():
                await self._propose(step)
            case GoalEnded():
                await self._end_goal(step)
            case Commitment():
                await self._commit(step)
            case WentTogether():
                await self._go_together(step)
            case Word():
                await self._say(step)
            case Ending():
                await self._end(step)
            case Reopening():
                await self._reopen(step)
            case Circumstances():
                await self._set(step)

    async def _agree(self) -> None:
        """To what is shown to records, and whose word counts."""
        spoken = {str(SPEAKERS[step.by].source) for step in self.story.steps if isinstance(step, Word)}
        emitters = sorted({SOURCE} | spoken) if self.story.emitters else []
        agreed = {"records": self.story.records, "peers": False, "emitters": emitters}
        if self.story.treatment_return:
            agreed["treatmentReturn"] = True
        await self._referral("PUT", "/consents", agreed)

    async def _hold(self, session: Session) -> None:
        held_at = self.line.at(session.day, session.at)
        if not any(_same(one["heldAt"], held_at) for one in self.shown["sessions"]):
            await self._referral("POST", "/sessions", session_body(session, self.line))

    async def _propose(self, proposal: Proposal) -> None:
        if not any(goal["kind"] == proposal.kind for goal in self.shown["goals"]):
            await self._referral("POST", "/goals", {"kind": proposal.kind, "state": "proposed"})

    async def _end_goal(self, ended: GoalEnded) -> None:
        goals = (await self._look())["goals"]
        open_ones = [goal["goalId"] for goal in goals if (goal["kind"], goal["state"]) == (ended.kind, "agreed")]
        for goal_id in open_ones[:1]:
            body = {"outcome": ended.outcome, "at": self.line.at(ended.day, "15:00").isoformat()}
            await self._referral("POST", f"/goals/{goal_id}/outcome", body)

    async def _commit(self, commitment: Commitment) -> None:
        to = self._occasion(commitment.to)
        if _commitment_to(self.shown, to):
            return
        made_at = self.line.at(commitment.to.after, commitment.at)
        body = {"meetingId": str(to.meeting_id), "date": to.date.isoformat(), "madeAt": made_at.isoformat()}
        await self._referral("POST", "/commitments", body)

    async def _go_together(self, together: WentTogether) -> None:
        to = self._occasion(together.to)
        made = _commitment_to(await self._look(), to)
        if made is None:
            raise Failed(f"{self.story.key}: nothing is planned there to go to together.")
        agreed_at = self.line.at(together.to.after, "16:00")
        paper = OnPaper(str(made["commitmentId"]), together.with_, agreed_at, to.end)
        await go_together(self.doors, self.story, self.shown["referralId"], paper)

    async def _say(self, word: Word) -> None:
        """The same id and content each time: sent twice, it is the same news."""
        of = self._occasion(word.of)
        speaker = SPEAKERS[word.by]
        first = f"demo-{self.story.key}-{self.shown['referralId'][:8]}-{of.date}"
        said = {
            "client": self.shown["clientId"],
            "meeting_id": str(of.meeting_id),
            "start": of.start.isoformat(),
            "outcome": word.outcome,
            "observed_at": of.end.isoformat(),
            "reported_by": speaker.reports_as,
            "corrects": first if word.correction else None,
        }
        event = attendance_event(f"{first}-corrected" if word.correction else first, str(speaker.source), said)
        caller = speaker.caller("attendance.write")
        await self.doors.call_until_known(caller, "POST", "journal", "/events", json=event, headers=_ON_EVENTS)

    async def _end(self, ending: Ending) -> None:
        await self._once("/ending", self.line.at(ending.day, "16:00"), {"kind": ending.kind})

    async def _reopen(self, reopening: Reopening) -> None:
        await self._once("/reopening", self.line.at(reopening.day, "11:00"), {})

    async def _once(self, path: str, at: datetime, body: Mapping[str, str]) -> None:
        """Unless something happened at that very moment: then it was this."""
        if not any(_same(line["at"], at) for line in self.shown["history"]):
            await self._referral("POST", path, {**body, "at": at.isoformat()})

    async def _set(self, circumstances: Circumstances) -> None:
        day = circumstances.release_for and self._occasion(circumstances.release_for).date.isoformat()
        await self._referral("PUT", "/circumstances", {**circumstances.said, **({"releaseOn": day} if day else {})})

    async def _put_contact(self) -> None:
        contact = self.story.contact
        assert contact is not None  # noqa: S101 - asked before
        body = {
            "email": contact.email,
            "nameToUse": contact.name_to_use,
            "timeZone": ZONE.key,
            "purposes": contact.purposes,
            "mayNameService": False,
        }
        path = f"/api/clients/{self.shown['clientId']}/contact"
        await self.doors.call_until_known(self.story.keyworker, "PUT", "reminders", path, json=body)

    async def _has_word_of(self, meetings: list[Dated]) -> bool:
        shown = await self._look()
        planned = [_commitment_to(shown, self._occasion(meeting)) for meeting in meetings]
        return all(made is None or made["state"] not in ("planned", "not-heard-yet") for made in planned)

    async def _look(self) -> dict[str, Any]:
        shown = await read_referral(self.doors, self.story.keyworker, self.shown["referralId"])
        if shown is None:
            raise Failed(f"{self.story.key}: the referral is gone.")
        return shown

    async def _referral(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        where = f"/api/referrals/{self.shown['referralId']}{path}"
        await self.doors.call(self.story.keyworker, method, "referrals", where, json=body)

    @property
    def line(self) -> Timeline:
        return Timeline(datetime.fromisoformat(self.shown["openedAt"]))

    def _occasion(self, dated: Dated) -> Occasion:
        return self.line.occasion(dated)


def _commitment_to(shown: Mapping[str, Any], to: Occasion) -> dict[str, Any] | None:
    meant = (str(to.meeting_id), to.date.isoformat())
    found: list[dict[str, Any]] = [one for one in shown["commitments"] if (one["meetingId"], one["date"]) == meant]
    return found[0] if found else None


def _same(said: str, moment: datetime) -> bool:
    return datetime.fromisoformat(said) == moment
