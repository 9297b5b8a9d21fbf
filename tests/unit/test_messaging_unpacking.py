"""One header that aiokafka cannot read keeps nobody from the records around it."""

import pytest
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy
from aiokafka.record.memory_records import MemoryRecords

from shared.messaging.unpacking import Unpacked


class Broken(str):
    """A header's name as a program may write it that is not bound to UTF-8."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return b"ce_i\xff\xfe"


def a_batch(*headers: list[tuple[str, bytes | None]], compression: int = 0) -> bytes:
    builder = _DefaultRecordBatchBuilderPy(2, compression, 0, -1, -1, -1, 100_000)
    for number, pairs in enumerate(headers):
        builder.append(number, 1_700_000_000_000, key=b"k", value=b"v%d" % number, headers=pairs)
    return bytes(builder.build())


def read(data: bytes) -> list[tuple[bytes, list[tuple[str, bytes | None]]]]:
    records, found = Unpacked(data), []
    while records.has_next():
        found += [(record.value, list(record.headers)) for record in records.next_batch()]
    return found


GZIP = 1
SOUND: list[tuple[str, bytes | None]] = [("ce_id", b"1"), ("content-type", None)]
ODD: list[tuple[str, bytes | None]] = [(Broken("ce_id"), b"\xff"), ("ce_type", b"t")]


@pytest.mark.parametrize("compression", [0, GZIP])
def test_a_sound_batch_is_read_as_aiokafka_reads_it(compression: int) -> None:
    data = a_batch(SOUND, [], compression=compression)
    theirs = MemoryRecords(data)

    assert read(data) == [(record.value, list(record.headers)) for record in theirs.next_batch()]


@pytest.mark.parametrize("compression", [0, GZIP])
def test_what_stands_around_an_odd_header_is_read(compression: int) -> None:
    data = a_batch(SOUND, ODD, SOUND, compression=compression) + a_batch(SOUND)

    with pytest.raises(UnicodeDecodeError):
        list(MemoryRecords(data).next_batch())
    assert read(data) == [
        (b"v0", SOUND),
        (b"v1", [("ce_i\ufffd\ufffd", b"\xff"), ("ce_type", b"t")]),
        (b"v2", SOUND),
        (b"v0", SOUND),
    ]


def test_half_a_batch_at_the_end_of_a_fetch_is_left_for_the_next_one() -> None:
    whole = a_batch(SOUND)

    assert read(whole + a_batch(ODD)[:-5]) == [(b"v0", SOUND)]


def test_what_a_batch_says_of_itself_is_passed_on() -> None:
    data = a_batch(SOUND, SOUND)

    batch = Unpacked(data).next_batch()

    assert (batch.base_offset, batch.next_offset, batch.is_control_batch) == (0, 2, False)
    assert batch.validate_crc()
    assert Unpacked(data).size_in_bytes() == len(data)
