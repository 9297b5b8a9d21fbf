"""Where this service is for whoever asks: what a browser is sent back to, and whether its cookies need TLS."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from shared.web.settings import is_loopback

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+)(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """`configured` is the service's public URL. Only where that is loopback, the name that the browser used counts
    instead: `localhost` and `127.0.0.1` are both this machine, but a cookie of one is not sent to the other."""

    configured: str

    def of(self, request: Request) -> str:
        host = _HOST.fullmatch(request.headers.get("host", ""))
        if self._local and host and is_loopback(host["name"]):
            return f"http://{host[0]}"
        return self.configured

    @property
    def secure(self) -> bool:
        return not self._local

    @property
    def _local(self) -> bool:
        return is_loopback(urlsplit(self.configured).hostname or "")
