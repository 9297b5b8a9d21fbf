"""When Python looks for garbage: rarely. A batch makes tens of thousands of objects that reference counting frees."""

import gc

_YOUNG = 50_000
"""Objects made before a look (Python's own 700 has it look dozens of times in every batch, for nothing)."""


def collect_rarely() -> None:
    """Once the service is built: what it is made of lives as long as it does, and is not looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 100)
