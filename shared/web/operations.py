"""The operations side of a service: its page and the doors that the command line uses."""

from collections.abc import Mapping

from fastapi import APIRouter

from shared.web import operations_doors, operations_pages


def router(addresses: Mapping[str, str]) -> APIRouter:
    """`addresses` are those of all services. The application's state has `database`, `messaging`
    (`shared.messaging.service`) and `audit` (`shared.storage.audit`)."""
    routes = APIRouter()
    routes.include_router(operations_doors.router)
    routes.include_router(operations_pages.router(addresses))
    return routes
