"""Runs an application until it is told to stop."""

import socket

import uvicorn
from starlette.types import ASGIApp

from shared.web.settings import WrongSetting

_FAREWELL = 10
"""Seconds that answers under way have when the service is told to stop."""


def serve(app: ASGIApp, host: str, port: int) -> None:
    """Returns after SIGTERM or SIGINT, when the application has wound down. `WrongSetting` if the port is taken."""
    config = uvicorn.Config(
        app,
        access_log=False,  # it writes query strings
        log_config=None,
        server_header=False,
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=_FAREWELL,
    )
    with _listening(host, port) as listener:
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise WrongSetting(
            f"{host}:{port} cannot be listened on ({error.strerror}). FAMALINK_PORT_BASE moves every port."
        ) from None
    return listener
