"""Sets of positions as one large integer each: a hundred thousand are intersected or counted in microseconds.

Position 0 is the highest of `size` bits, so that written in base two they stand in their order.
"""

from collections.abc import Iterable, Iterator


def mask(positions: Iterable[int], size: int) -> int:
    digits = bytearray(b"0" * size)
    for position in positions:
        digits[position] = ord("1")
    return int(digits, 2) if digits else 0


def mask_of_ranges(ranges: Iterable[tuple[int, int]], size: int) -> int:
    """Each from its first position up to its end, which is not in it."""
    digits = bytearray(b"0" * size)
    for first, end in ranges:
        digits[first:end] = b"1" * (end - first)
    return int(digits, 2) if digits else 0


def digits(mask: int, size: int) -> bytes:
    return f"{mask:0{max(size, 1)}b}".encode()


def positions(digits: bytes, first: int, end: int) -> Iterator[int]:
    """Those in the set, of a range, in order."""
    position = digits.find(b"1", first, end)
    while position >= 0:
        yield position
        position = digits.find(b"1", position + 1, end)
