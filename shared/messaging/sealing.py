"""A record as it lay on Kafka, in one sealed piece: so that it can be tried again, byte for byte."""

import base64
from typing import Any

import orjson

from shared.messaging.received import Received
from shared.privacy.ciphers import Cipher

_PLACE = "record.bytes"


def seal(cipher: Cipher, received: Received) -> bytes:
    """Bytes go as base64: headers may hold anything."""
    document = {
        "key": received.key,
        "headers": [[name, _text(value)] for name, value in received.headers],
        "value": _text(received.value),
    }
    return cipher.encrypt(_PLACE, orjson.dumps(document))


def unseal(cipher: Cipher, topic: str, partition: int, offset: int, sealed: bytes) -> Received:
    document: dict[str, Any] = orjson.loads(cipher.decrypt(_PLACE, sealed))
    headers = [(name, _bytes(value)) for name, value in document["headers"]]
    return Received(topic, partition, offset, document["key"], headers, _bytes(document["value"]))


def _text(raw: bytes | None) -> str | None:
    """Kafka knows headers and values that are null, which is not the same as empty."""
    return None if raw is None else base64.b64encode(raw).decode()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
