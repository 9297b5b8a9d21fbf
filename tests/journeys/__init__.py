"""Whole stories on a whole Famalink, each told by who lives it."""

import pytest

# What the modules beside the tests assert is explained as well.
pytest.register_assert_rewrite(f"{__name__}.visitor", f"{__name__}.intake", f"{__name__}.example")
