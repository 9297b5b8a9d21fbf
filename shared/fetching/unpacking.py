"""What was packed for the way, unpacked a piece at a time: a few bytes may stand for more than the memory holds."""

import zlib
from collections.abc import Iterator

PACKED = ("gzip", "deflate")
_PIECE = 1024 * 1024
_GZIP, _ZLIB, _BARE = 31, 15, -15
"""`wbits`: which header zlib looks for."""


class Packed:
    """The parts of one stream, in order. zlib.error when they are not what `encoding` says."""

    def __init__(self, encoding: str) -> None:
        self._gzip = encoding == "gzip"
        self._stream = zlib.decompressobj(_GZIP if self._gzip else _ZLIB)
        self._begun = False

    def pieces(self, part: bytes) -> Iterator[bytes]:
        """At most a MiB each."""
        while part:
            yield self._unpacked(part)
            part = self._stream.unconsumed_tail
            if self._stream.eof and self._gzip and self._stream.unused_data:
                part = self._stream.unused_data  # files of gzip may be put one behind the other
                self._stream = zlib.decompressobj(_GZIP)

    @property
    def ended(self) -> bool:
        return self._stream.eof

    def _unpacked(self, part: bytes) -> bytes:
        try:
            piece = self._stream.decompress(part, _PIECE)
        except zlib.error:
            if self._gzip or self._begun:
                raise
            self._stream = zlib.decompressobj(_BARE)  # some servers leave out what RFC 9110 wants around it
            piece = self._stream.decompress(part, _PIECE)
        self._begun = True
        return piece
