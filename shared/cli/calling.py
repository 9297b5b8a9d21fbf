"""One HTTP request to a service, and its answer or a failure in words."""

from typing import TYPE_CHECKING, Any

from shared.cli.failing import Failed, Stopped, of_problem
from shared.cli.settings import read

if TYPE_CHECKING:
    import httpx

_PATIENCE = 30.0
_LONG_PATIENCE = 600.0
"""Seconds. An import of a large directory is one transaction."""


def call(method: str, service: str, path: str, bearer: str, **arguments: Any) -> Any:  # noqa: ANN401 - JSON
    """The answer's JSON, None if it has no body. `arguments` are httpx's: `json`, `params`, `files`, `headers`."""
    return answer_of(ask(method, service, path, bearer, **arguments))


def ask(method: str, service: str, path: str, bearer: str, **arguments: Any) -> "httpx.Response":  # noqa: ANN401 - httpx's own
    """The answer as it came, also one that refuses: `answer_of` reads either."""
    settings = read()
    headers = {"Authorization": f"Bearer {bearer}", **arguments.pop("headers", {})}
    return send(method, settings.addresses[service] + path, name=service, headers=headers, **arguments)


def send(method: str, url: str, *, name: str, **arguments: Any) -> "httpx.Response":  # noqa: ANN401 - httpx's own
    """`name` is what people call whoever is asked."""
    import httpx  # a third of a second, for commands that ask somebody

    patience = _LONG_PATIENCE if "files" in arguments else _PATIENCE
    # Certificates cost 20 ms to read, also where none is shown.
    verify = url.startswith("https:")
    try:
        with httpx.Client(timeout=httpx.Timeout(patience, connect=5), trust_env=False, verify=verify) as client:
            return client.request(method, url, **arguments)
    except httpx.TransportError as error:
        raise Failed(_unreachable(name, url, error)) from None
    except KeyboardInterrupt:
        raise Stopped(_stopped(method, name)) from None


def answer_of(response: "httpx.Response") -> Any:  # noqa: ANN401 - JSON
    try:
        body = response.json() if response.content else None
    except ValueError:
        body = None
    if response.is_success:
        return body
    raise of_problem(response.status_code, body)


def _stopped(method: str, name: str) -> str:
    if method == "GET":
        return "Stopped. Nothing was changed."
    return f"Stopped before {name} answered: it may be done all the same. Look before you ask for it again."


def _unreachable(name: str, url: str, error: Exception) -> str:
    setting = f"{name.upper()}_URL" if name in read().addresses else "FAMALINK_PORT_BASE"
    where, _, _ = url.partition("?")
    return f"{name} does not answer at {where} ({type(error).__name__}). Start it (make run), or correct {setting}."
