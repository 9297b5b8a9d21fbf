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
        "value": None if received.value is None else _text(received.value),
    }
    return cipher.encrypt(_PLACE, orjson.dumps(document))


def unseal(cipher: Cipher, topic: str, partition: int, offset: int, sealed: bytes) -> Received:
    document: dict[str, Any] = orjson.loads(cipher.decrypt(_PLACE, sealed))
    headers = [(name, base64.b64decode(value)) for name, value in document["headers"]]
    value = None if document["value"] is None else base64.b64decode(document["value"])
    return Received(topic, partition, offset, document["key"], headers, value)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
