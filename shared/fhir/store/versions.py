"""Writes versions, set-wise: what is rendered as it stands makes none."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.fhir.definitions import Definitions
from shared.fhir.documents import Rendered, digest, to_the_millisecond, versioned
from shared.fhir.store import rows
from shared.fhir.tokens import identifier_of, tokens_of
from shared.privacy.ciphers import Cipher
from shared.storage.database import UnitOfWork

BODY = "fhir.body"
"""Bound to the person, not to a table: a version that is replaced moves as it is."""
SUBJECT = "fhir-identifier"


@dataclass(frozen=True, slots=True)
class _Change:
    """A rendering that differs from the version that stands, if any does."""

    rendered: Rendered
    content: bytes
    digest: bytes
    before: rows.Standing | None


class Versions:
    """`digest_key`: 32 bytes for this purpose alone (`MasterKeys.derived("fhir|digest")`)."""

    def __init__(self, definitions: Definitions, digest_key: bytes) -> None:
        self._definitions = definitions
        self._digest_key = digest_key

    async def save(self, uow: UnitOfWork, rendered: Sequence[Rendered]) -> int:
        """Stores what differs from the version that stands, as the next one; all of it is shown from now on.

        What was hidden comes back as a next version, whatever it says: who asks for what is new finds it again.
        Answers how many versions are new. Of several renderings of one resource the last counts.
        """
        last = {(item.type, item.id): item for item in rendered}
        if not last:
            return 0
        standing = await rows.standing(uow.connection, last.values())
        changes = []
        for key, item in last.items():
            content = item.content()
            change = _Change(item, content, digest(self._digest_key, content), standing.get(key))
            if change.before is None or change.before.hidden or change.before.digest != change.digest:
                changes.append(change)
        ciphers = await uow.keys.ensure({change.rendered.client for change in changes}) if changes else {}
        new = [self._new(uow, ciphers[change.rendered.client], change) for change in changes]
        await rows.add(uow.connection, [made for made in new if made.version == 1])
        await rows.replace(uow.connection, [made for made in new if made.version > 1])
        return len(changes)

    async def hide(self, uow: UnitOfWork, client: UUID, grouping: UUID) -> None:
        """Gone at once, also from pages still to be fetched, its history too; `save` shows a next version."""
        query = "UPDATE fhir_resource SET hidden = true WHERE client = %s AND grouping = %s AND NOT hidden"
        await uow.connection.execute(query, (client, grouping))

    async def erase(self, uow: UnitOfWork, client: UUID) -> None:
        """Every version, token and blind index of this person."""
        versions = """
        DELETE FROM fhir_version v USING fhir_resource r WHERE r.client = %s AND (v.type, v.id) = (r.type, r.id)
        """
        await uow.connection.execute(versions, (client,))
        await uow.connection.execute("DELETE FROM fhir_resource WHERE client = %s", (client,))

    def _new(self, uow: UnitOfWork, cipher: Cipher, change: _Change) -> rows.New:
        item, before = change.rendered, change.before
        kind = self._definitions.types[item.type]
        version, at = 1, to_the_millisecond(uow.now)
        if before is not None:
            version, at = before.version + 1, max(at, before.last_updated)
        identifier = identifier_of(kind, item.document)
        return rows.New(
            rendered=item,
            version=version,
            at=at,
            digest=change.digest,
            subject=uow.keys.index.of(SUBJECT, "|".join(identifier)) if identifier else None,
            tokens=tokens_of(kind, item.document),
            body=cipher.encrypt(BODY, versioned(item.type, change.content, version, at)),
        )
