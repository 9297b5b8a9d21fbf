"""Where feeds are fetched from: added and removed by operations, on pages that need no JavaScript."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.directory.handlers.sources import add_source, remove_source
from services.referrals.directory.http.sources import SourceIn
from services.referrals.directory.pages.feeds import back_to_feeds
from services.referrals.pages import forms, frame
from services.referrals.pages.forms import Form
from shared.storage.database import UnitOfWork
from shared.web.access import Operator
from shared.web.pages import Link, render

router = APIRouter(prefix="/ops/directory/sources", include_in_schema=False)


@router.get("/new")
async def get_new(request: Request, _: Operator) -> Response:
    return _page(request, Form())


@router.post("")
async def post_new(request: Request, operator: Operator) -> Response:
    form = await forms.read(request)
    inward = request.app.state.feeds_inward

    async def added(uow: UnitOfWork) -> UUID:
        typed = {name: form.value(name) for name in form.typed}
        return await add_source(uow, forms.parsed(SourceIn, typed).source(), operator.actor, inward)

    done = await frame.attempt(request, form, added)
    return _page(request, done) if isinstance(done, Form) else back_to_feeds(said="added")


@router.post("/{source_id}/removal")
async def post_removal(source_id: UUID, request: Request, _: Operator) -> Response:
    done = await frame.attempt(request, Form(), lambda uow: remove_source(uow, source_id))
    return back_to_feeds(said="removed" if done else "gone")


def _page(request: Request, form: Form) -> Response:
    status = 422 if form.problems else 200
    back = Link("Feeds", "/ops/directory")
    return render(
        request, "feeds/new_source.html", status=status, title="Add a feed that is fetched", form=form, back=back
    )
