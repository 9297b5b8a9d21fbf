"""The link by which a peer supporter answers, without an account: one purpose, one offer, and an end.

It is sealed under a key of its own, so that it can be neither made nor read by anybody else: nothing in an address
leads to a person, and nothing has to be kept to recognise it.
"""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.referrals.domain.ids import CompanyId, PeerId
from shared.privacy.ciphers import Cipher, Unreadable, cipher
from shared.privacy.master import MasterKeys

PATH = "/answer"
AFTERWARDS = timedelta(days=3)
"""After the meeting they may still say that they went."""
_PLACE = "peer.answer"
_SHAPE = struct.Struct(">16s16sI")
_LENGTH = 12 + _SHAPE.size + 16


@dataclass(frozen=True, slots=True)
class Invitation:
    """What one link stands for."""

    company_id: CompanyId
    peer_id: PeerId
    until: datetime


class Links:
    """`address` is where referrals is reached from outside."""

    def __init__(self, master: MasterKeys, address: str) -> None:
        self._cipher: Cipher = cipher(_PLACE, master.derived("referrals|peers-answer"))
        self._address = address

    def link(self, invitation: Invitation) -> str:
        return f"{self._address}{PATH}/{self.token(invitation)}"

    def token(self, invitation: Invitation) -> str:
        ids = (invitation.company_id.bytes, invitation.peer_id.bytes)
        plain = _SHAPE.pack(*ids, int(invitation.until.timestamp()))
        return base64.urlsafe_b64encode(self._cipher.encrypt(_PLACE, plain)).decode().rstrip("=")

    def read(self, token: str) -> Invitation | None:
        """None for what is not ours or was altered. Whether it has ended is the caller's to ask."""
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            plain = self._cipher.decrypt(_PLACE, sealed) if len(sealed) == _LENGTH else b""
        except (binascii.Error, ValueError, Unreadable):
            return None
        if len(plain) != _SHAPE.size:
            return None
        company, peer, until = _SHAPE.unpack(plain)
        ends = datetime.fromtimestamp(until, UTC)
        return Invitation(CompanyId(UUID(bytes=company)), PeerId(UUID(bytes=peer)), ends)
