"""What all pages of the console do alike: show, try what was asked, and go on."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referrals.pages import words
from services.referrals.pages.forms import Form
from shared.problems import Refused
from shared.storage.database import Database, UnitOfWork
from shared.web.pages import render
from shared.web.problems import ApiProblem

Done = TypeVar("Done")
_ABOUT_THE_FORM = frozenset({400, 409, 412, 422})


def show(request: Request, template: str, /, title: str, status: int = 200, **context: object) -> Response:
    """A page of `templates/console`. `form` in the context that has problems makes it an error."""
    form = context.setdefault("form", Form())
    assert isinstance(form, Form)  # noqa: S101  # for the type checker
    if form.problems and status == 200:
        status = 422
    context |= {
        "words": words,
        "now": datetime.now(UTC),
        "notice": words.NOTICES.get(request.query_params.get("said", "")),
    }
    return render(request, f"console/{template}", status=status, title=title, **context)


async def attempt(request: Request, form: Form, act: Callable[[UnitOfWork], Awaitable[Done]]) -> Done | Form:
    """Does it in a transaction of its own; the form with what was refused, when nothing was changed.

    What no form could mend (not signed in, not allowed, not there) is raised.
    """
    database: Database = request.app.state.database
    try:
        async with database.work() as uow:
            return await act(uow)
    except Refused as refused:
        return form.refused(refused.problems)
    except ApiProblem as problem:
        if problem.status not in _ABOUT_THE_FORM:
            raise
        return form.refused(problem.errors, _referrals(problem.members.get("referrals")))


def _referrals(said: object) -> list[str]:
    return [str(one["referralId"]) for one in said] if isinstance(said, list) else []


def on_to(path: str, said: str | None = None) -> Response:
    """Where to go on after something was done; there `said` is told."""
    return RedirectResponse(f"{path}?said={said}" if said else path, 303)
