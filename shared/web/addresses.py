"""Where this service is for whoever asks: what a browser is sent back to, and whether its cookies need TLS."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from shared.web.settings import is_loopback


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """`configured` is the service's public URL. Only where that is loopback, the name that the browser used counts
    instead: `localhost` and `127.0.0.1` are both this machine, but a cookie of one is not sent to the other."""

    configured: str

    def of(self, request: Request) -> str:
        host = request.headers.get("host", "")
        if self._local and is_loopback(urlsplit(f"//{host}").hostname or ""):
            return f"http://{host}"
        return self.configured

    @property
    def secure(self) -> bool:
        return not self._local

    @property
    def _local(self) -> bool:
        return is_loopback(urlsplit(self.configured).hostname or "")
