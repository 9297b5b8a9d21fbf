"""A cookie travels with whatever a browser sends to this host, also when a page on another port or site made it.

`SameSite` ignores ports and sibling subdomains, so the request itself must show that it came from our own page.
Browsers say so in `Sec-Fetch-Site`; `Origin` is the second witness (it is `null` for forms under our `no-referrer`).
"""

from starlette.requests import Request

from shared.web.problems import Forbidden

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_foreign(request: Request) -> None:
    """403 for a request that changes something and was not made by this origin's own pages."""
    if request.method in _READING or _is_own(request):
        return
    raise Forbidden("foreign-origin", "This was not sent by a page of this service.", field="Origin")


def _is_own(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    _, _, origin = request.headers.get("origin", "").partition("://")
    return bool(origin) and origin == request.headers.get("host")
