"""A token request as RFC 6749 has it, and what is said when it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class TokenRefused(Exception):
    """RFC 6749 §5.2. `error` is one of its words; `description` is for the developer at the other end."""

    def __init__(self, error: str, description: str, code: str) -> None:
        super().__init__(code)
        self.error = error
        self.description = description
        self.code = code

    @property
    def status(self) -> int:
        return 401 if self.error == "invalid_client" else 400


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """`scopes` in the order they were asked for, each once."""

    assertion: str
    scopes: tuple[str, ...]


def token_request(body: bytes, content_type: str) -> TokenRequest:
    """From a form. `TokenRefused` says what is missing."""
    if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise _invalid("Send a form: Content-Type: application/x-www-form-urlencoded.", "not-a-form")
    form = _form(body)
    if form.get("grant_type", "") != "client_credentials":
        error = "unsupported_grant_type" if form.get("grant_type") else "invalid_request"
        raise TokenRefused(error, "grant_type is client_credentials.", "grant-type")
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise TokenRefused("invalid_client", f"client_assertion_type is {ASSERTION_TYPE}.", "assertion-type")
    if not form.get("client_assertion"):
        raise TokenRefused("invalid_client", "client_assertion is missing: a JWT signed with your key.", "no-assertion")
    scopes = tuple(dict.fromkeys(form.get("scope", "").split()))
    if not scopes:
        raise TokenRefused("invalid_scope", "scope is missing: one or more, with a space between them.", "no-scope")
    return TokenRequest(form["client_assertion"], scopes)


def _form(body: bytes) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise _invalid("The form cannot be read.", "form-malformed") from None
    if len(dict(pairs)) < len(pairs):
        raise _invalid("A parameter is given twice.", "parameter-repeated")
    return dict(pairs)


def _invalid(description: str, code: str) -> TokenRefused:
    return TokenRefused("invalid_request", description, code)
