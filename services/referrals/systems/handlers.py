"""Registering a system, disabling it, giving it a token."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.referrals.systems import access_tokens, store
from services.referrals.systems.access_tokens import AccessToken
from services.referrals.systems.assertions import read_assertion, verify
from services.referrals.systems.registration import (
    RegisteredSystem,
    RegisterSystem,
    change_problem,
    registered,
    registration_problems,
)
from services.referrals.systems.scopes import not_covered
from services.referrals.systems.signing_keys import SigningKey, new_signing_key
from services.referrals.systems.token_request import TokenRefused, TokenRequest
from shared.events.referrals import SystemRegistered
from shared.events.saying import impersonal
from shared.problems import Problem, Refused
from shared.storage.database import UnitOfWork
from shared.telemetry.logs import logger

_log = logger()
_ANY_CLOCK = timedelta(hours=1)
"""The first key signs at once, also for a process whose clock is behind: it must not make a second one."""


class Taken(Exception):
    """The name or the source belongs to another system."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


async def register_system(uow: UnitOfWork, command: RegisterSystem, by: str) -> tuple[RegisteredSystem, bool]:
    """The same name again replaces keys, scopes and rank, and enables it. Answers whether it is new."""
    if problems := registration_problems(command):
        raise Refused(*problems)
    known = await store.system(uow.connection, command.name, lock=True)
    if known is not None and (problem := change_problem(known, command)):
        raise Taken(problem)
    system = registered(command)
    if known is not None:
        await store.change(uow.connection, system)
    elif not await store.add(uow.connection, system, store.Registration(by, uow.now)):
        raise Taken(Problem("source", "source-taken", "Another system has this name or this source."))
    _say(uow, system)
    return system, known is None


async def disable_system(uow: UnitOfWork, name: str, provider: str) -> RegisteredSystem | None:
    """None if this provider has no such system. Tokens stop at once; journal hears that its source counts no more."""
    known = await store.system(uow.connection, name, lock=True)
    if known is None or known.provider != provider:
        return None
    disabled = replace(known, state="disabled")
    if known.active:
        await store.change(uow.connection, disabled)
        _say(uow, disabled)
    return disabled


async def systems_of(uow: UnitOfWork, provider: str) -> list[RegisteredSystem]:
    return await store.systems_of(uow.connection, provider)


async def grant_token(uow: UnitOfWork, request: TokenRequest, issuer: str, endpoint: str) -> AccessToken:
    """SMART Backend Services. The assertion counts once, whatever it was used for before."""
    assertion = read_assertion(request.assertion)
    system = await store.system(uow.connection, assertion.client_id)
    if system is None:
        raise TokenRefused("invalid_client", "No system is registered here under this client_id.", "unknown-client")
    proof = verify(assertion, system.jwks, endpoint, uow.now)
    if not system.active:
        raise TokenRefused("invalid_client", "This system has been disabled by its provider.", "disabled")
    _refuse_more_than_registered(request.scopes, system)
    if not await store.note_assertion(uow.connection, proof, uow.now):
        raise TokenRefused("invalid_client", "This assertion was used before: jti is new each time.", "assertion-used")
    _log.info("token.issued", system=system.name)
    key = await current_key(uow)
    return access_tokens.issue(system, request.scopes, issuer=issuer, key=key, cipher=uow.keys.service, now=uow.now)


async def public_keys(uow: UnitOfWork) -> dict[str, Sequence[Mapping[str, Any]]]:
    """The JWKS that other services check our tokens with. Makes the first key, so that there is one to cache."""
    await current_key(uow)
    return {"keys": await store.published_keys(uow.connection, uow.now)}


async def current_key(uow: UnitOfWork) -> SigningKey:
    if found := await store.signing_key(uow.connection, uow.now):
        return found
    await store.first_signing_key_is_mine(uow.connection)
    if found := await store.signing_key(uow.connection, uow.now):
        return found
    made = new_signing_key(uow.keys.service, uow.now - _ANY_CLOCK)
    await store.add_signing_key(uow.connection, made)
    _log.info("signing-key.made")
    return made


def _refuse_more_than_registered(scopes: Sequence[str], system: RegisteredSystem) -> None:
    if beyond := not_covered(scopes, system.scopes):
        registered = " ".join(system.scopes)
        said = f"Not registered for {' '.join(beyond)}; registered are {registered}."
        raise TokenRefused("invalid_scope", said, "scope")


def _say(uow: UnitOfWork, system: RegisteredSystem) -> None:
    _log.info("system.registered", system=system.name, provider=system.provider, state=system.state)
    if system.source is None:  # only who says something about attendance is of interest to journal
        return
    data = SystemRegistered.model_validate(
        {
            "source": system.source,
            "reports_as": system.reports_as,
            "provider": system.provider,
            "state": system.state,
        }
    )
    uow.say(impersonal(uow.service, data, key=system.source, time=uow.now, recorded=uow.now))
