"""Finds out who calls: a bearer is believed when its issuer signed it, a cookie when this service sealed it."""

from starlette.requests import Request

from shared.web.identity import Caller, Person
from shared.web.origins import refuse_foreign
from shared.web.problems import Unauthorised
from shared.web.sign_in.session import Sessions
from shared.web.tokens import Tokens


class Doorkeeper:
    def __init__(self, tokens: Tokens, sessions: Sessions) -> None:
        self._tokens = tokens
        self.sessions = sessions

    async def caller(self, request: Request) -> Caller:
        """401 if nobody can be believed; 403 for a cookie that another site made the browser send."""
        header = request.headers.get("authorization")
        if header is not None:
            return await self._tokens.caller(_bearer(header))
        person = self.person(request)
        if person is None:
            raise Unauthorised("token-missing", "Sign in, or send a bearer token.")
        refuse_foreign(request)
        return person

    def person(self, request: Request) -> Person | None:
        """Whom the cookie names, whatever the request: for a page's header, not for a permission."""
        return self.sessions.person(request)


def _bearer(header: str) -> str:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorised("token-malformed", "Authorization is the word Bearer, a space and a token.")
    return token.strip()
