"""A person's bearer: FAMALINK_TOKEN, else the development person with the role that is needed."""

import base64
import hashlib
import secrets

from shared.cli.calling import answer_of, send
from shared.cli.failing import Failed
from shared.cli.settings import Settings, read

OPERATIONS, KEYWORKER, TEAM_LEAD = "otto", "kay", "tess"
"""Who has the role in the local run."""
PEOPLE = ("kay", "sam", "tess", "rory", "zoe", "otto")
_DONE = "http://localhost/done"


def bearer_of(person: str) -> str:
    settings = read()
    return settings.bearer or sign_in(settings, person)


def sign_in(settings: Settings, person: str) -> str:
    """The whole sign-in: authorization code with PKCE, without a browser."""
    from urllib.parse import parse_qs, urlsplit

    verifier = secrets.token_urlsafe(48)
    asked = {
        "response_type": "code",
        "client_id": "famalink",
        "redirect_uri": _DONE,
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
        "login_hint": person,
    }
    back = send("GET", f"{settings.sign_in}/authorize", name="The development sign-in", params=asked)
    code = parse_qs(urlsplit(back.headers.get("location", "")).query).get("code")
    if not code:
        raise Failed(f"The development sign-in does not know {person}. It knows {', '.join(PEOPLE)}.")
    form = {
        "grant_type": "authorization_code",
        "code": code[0],
        "redirect_uri": _DONE,
        "client_id": "famalink",
        "code_verifier": verifier,
    }
    token = answer_of(send("POST", f"{settings.sign_in}/token", name="The development sign-in", data=form))
    return str(token["access_token"])


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
