"""Who signed in here, remembered in a sealed cookie with a name per service: cookies ignore ports."""

from starlette.requests import Request
from starlette.responses import Response

from shared.privacy.ciphers import cipher
from shared.privacy.master import MasterKeys
from shared.web.cookies import SealedCookie
from shared.web.identity import Person

WORKING_DAY = 8 * 3600
"""Seconds a sign-in lasts. There is no list of sessions: signing out takes the cookie away, this ends a stolen one."""


class Sessions:
    def __init__(self, service: str, master: MasterKeys) -> None:
        key = cipher(service, master.derived(f"session|{service}"))
        self.cookie = SealedCookie(f"famalink_{service}", key, WORKING_DAY)

    def person(self, request: Request) -> Person | None:
        sealed = request.cookies.get(self.cookie.name)
        content = self.cookie.open(sealed) if sealed else None
        return Person(**(content | {"roles": frozenset(content["roles"])})) if content else None

    def begin(self, response: Response, person: Person, *, secure: bool) -> None:
        content = {
            "sub": person.sub,
            "roles": sorted(person.roles),
            "provider": person.provider,
            "team": person.team,
            "name": person.name,
        }
        self.cookie.put(response, content, secure=secure)

    def end(self, response: Response, *, secure: bool) -> None:
        self.cookie.clear(response, secure=secure)
