"""Reads what aiokafka gives up on: a header whose name is not UTF-8.

To aiokafka that is an error of the whole fetch, again and again: one such record, and nothing behind it on its
partition is ever read. Any program may write one to the intake topic. Here the name is read as well as it can be; what
the record lacks then is said of it as of any other. A batch is read in aiokafka's own way first.
"""

from collections.abc import Iterator
from struct import unpack_from
from typing import Any, SupportsIndex

from aiokafka.consumer import fetcher
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords

from shared.telemetry.logs import logger

log = logger()
_LENGTH_AT, _AFTER_LENGTH = 8, 12
"""Of a batch: its first offset (eight bytes), its length (four), and that many bytes more."""


class Unpacked:
    """Stands where aiokafka's fetcher expects its `MemoryRecords`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._records = MemoryRecords(data)
        self._at = 0

    def size_in_bytes(self) -> int:
        return int(self._records.size_in_bytes())

    def has_next(self) -> bool:
        return bool(self._records.has_next())

    def next_batch(self) -> "_Batch":
        began, (length,) = self._at, unpack_from("!i", self._data, self._at + _LENGTH_AT)
        self._at += _AFTER_LENGTH + length
        return _Batch(self._records.next_batch(), self._data[began : self._at])


class _Batch:
    def __init__(self, batch: Any, raw: bytes) -> None:  # noqa: ANN401 - aiokafka says no types
        self._batch = batch
        self._raw = raw

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._batch, name)

    def __next__(self) -> Any:  # noqa: ANN401
        return next(self._batch)

    def __iter__(self) -> Iterator[Any]:
        try:
            return iter(list(self._batch))
        except UnicodeDecodeError:
            log.warning("batch.read-leniently", offset=self._batch.base_offset)
            return iter(list(_Lenient(self._raw)))


class _Lenient(_DefaultRecordBatchPy):  # type: ignore[misc]
    _buffer: bytearray

    def __iter__(self) -> "_Lenient":
        self._maybe_uncompress()
        self._buffer = _LenientBytes(self._buffer)
        return self


class _LenientBytes(bytearray):
    """Of which a slice decodes whatever it holds."""

    def __getitem__(self, at: SupportsIndex | slice) -> Any:  # noqa: ANN401
        found = super().__getitem__(at)
        return _LenientBytes(found) if isinstance(found, bytearray) else found

    def decode(self, encoding: str = "utf-8", errors: str = "replace") -> str:
        return super().decode(encoding, "replace")


def read_leniently() -> None:
    """For every consumer of this process."""
    fetcher.MemoryRecords = Unpacked
