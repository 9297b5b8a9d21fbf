"""The sign-in provider as this service's browser sees it: where to go, and what the code that comes back is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt

from shared.web.claims import person_of
from shared.web.fetching import post_form
from shared.web.identity import Person
from shared.web.issuers import discovered
from shared.web.problems import Unauthorised
from shared.web.sign_in.attempt import Attempt
from shared.web.tokens import Keys, verified_claims

SCOPE = "openid profile"


@dataclass(frozen=True, slots=True)
class Provider:
    """Raises `Unreachable` when it does not answer, `Unauthorised` for a token that is not for us."""

    issuer: str
    client_id: str
    keys: Keys

    async def way_in(self, attempt: Attempt, callback: str) -> str:
        """Where the browser goes. `callback` is where it comes back to."""
        found = await discovered(self.issuer)
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": callback,
            "scope": SCOPE,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in found["authorization_endpoint"] else "?"
        return f"{found['authorization_endpoint']}{joint}{urlencode(asked)}"

    async def person(self, code: str, attempt: Attempt, callback: str) -> Person:
        """Who it was. The code is worth a token once, and only together with the attempt's verifier."""
        found = await discovered(self.issuer)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback,
            "client_id": self.client_id,
            "code_verifier": attempt.verifier,
        }
        answer = await post_form(found["token_endpoint"], form)
        return person_of(await self._claims(str(answer.get("id_token", "")), attempt))

    async def _claims(self, token: str, attempt: Attempt) -> Mapping[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
        except jwt.InvalidTokenError:
            raise Unauthorised("token-malformed", "The sign-in provider sent no readable ID token.") from None
        claims = await verified_claims(token, header, self.keys, self.client_id)
        if claims["iss"] != self.issuer or claims.get("nonce") != attempt.nonce:
            raise Unauthorised("token-foreign", "The ID token is not about this sign-in.")
        return claims
