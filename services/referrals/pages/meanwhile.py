"""What others did on a pathway while somebody had a page of it open, told in words."""

from dataclasses import replace

from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.reading import history_since
from services.referrals.pages import words
from services.referrals.pages.forms import Form
from shared.problems import Problem
from shared.storage.database import UnitOfWork

_STALE = "stale"
_TOLD = Problem("meanwhile", _STALE, "Somebody else has changed this meanwhile. Look at what changed, then save again.")


def is_stale(form: Form) -> bool:
    """The version that the page had is not the latest any more: it was not saved, but can be now."""
    return any(problem.code == _STALE for problem in form.problems)


def version(form: Form, otherwise: int) -> int:
    """What the page knew of the pathway."""
    said = form.value("version")
    return int(said) if said.isascii() and said.isdecimal() else otherwise


def at_its_place(form: Form) -> Form:
    """Where the page tells what changed."""
    return replace(form, problems=[_TOLD if problem.code == _STALE else problem for problem in form.problems])


async def changed_since(uow: UnitOfWork, pathway: Pathway, version: int) -> list[str]:
    """`version` counts people's commands: all that the later ones, and what came in beside them, led to."""
    lines = await history_since(uow, pathway, version)
    return [f"{words.day_of(line.at, pathway.time_zone)}: {line.words}" for line in lines]
