"""Wires how one gets in: whose tokens count, which cookie, and the routes for signing in and out."""

from fastapi import APIRouter

from shared.privacy.ciphers import cipher
from shared.privacy.master import MasterKeys
from shared.web.addresses import OwnAddress
from shared.web.claims import person_of, system_of
from shared.web.cookies import SealedCookie
from shared.web.doorkeeper import Doorkeeper
from shared.web.issuers import peoples_keys, systems_keys
from shared.web.settings import WebSettings
from shared.web.sign_in import routes
from shared.web.sign_in.provider import Provider
from shared.web.sign_in.session import Sessions
from shared.web.tokens import Issuer, Keys, Tokens

_TIME_TO_SIGN_IN = 600
"""Seconds at the provider before an attempt has to be begun again."""


def entrance(settings: WebSettings, master: MasterKeys, system_keys: Keys | None) -> tuple[Doorkeeper, APIRouter]:
    """`system_keys` are referrals' own, where this is referrals; others ask it for them."""
    people = peoples_keys(settings)
    tokens = Tokens(
        {
            settings.sign_in_issuer: Issuer(people, person_of),
            settings.addresses["referrals"]: Issuer(system_keys or systems_keys(settings), system_of),
        }
    )
    sessions = Sessions(settings.service, master)
    provider = Provider(settings.sign_in_issuer, settings.sign_in_client_id, people)
    address = OwnAddress(settings.addresses[settings.service])
    return Doorkeeper(tokens, sessions), routes.router(provider, sessions, _attempts(settings.service, master), address)


def _attempts(service: str, master: MasterKeys) -> SealedCookie:
    key = cipher(service, master.derived(f"sign-in|{service}"))
    return SealedCookie(f"famalink_{service}_sign_in", key, _TIME_TO_SIGN_IN, path="/sign-in")
