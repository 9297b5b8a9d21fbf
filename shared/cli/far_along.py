"""How far something is, as a bar on standard error: where a person looks on, and nobody's program reads it."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

# (so far, in all if that is known)
Told = Callable[[int, int | None], None]


@contextmanager
def bar(label: str, *, then: str | None = None, quiet: bool = False) -> Iterator[Told]:
    """What is told moves it; once it is whole, `then` says what is waited for.

    Without a terminal, or when `quiet`, nothing is shown.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    shown = click.progressbar(length=0, label=label, file=sys.stderr, show_pos=True, item_show_func=_in_words)
    with shown as moving:

        def told(so_far: int, whole: int | None) -> None:
            moving.length = whole or so_far
            if then and whole and so_far >= whole:
                moving.label = then
            moving.update(so_far - moving.pos, so_far)

        yield told


def _in_words(so_far: int | None) -> str:
    return f"{so_far:,}" if so_far else ""


class Sent(io.BytesIO):
    """A file that tells how much of it has been read."""

    def __init__(self, content: bytes, told: Told) -> None:
        super().__init__(content)
        self._told, self._whole = told, len(content)

    def read(self, size: int | None = -1, /) -> bytes:
        part = super().read(size)
        self._told(self.tell(), self._whole)
        return part
