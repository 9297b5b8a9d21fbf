"""What tests of pages share beside what every suite does."""

from collections.abc import Iterator

import pytest

from tests.integration.sign_in_builder import DevelopmentSignIn, development_sign_in


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DevelopmentSignIn]:
    with development_sign_in(tmp_path_factory.mktemp("provider")) as started:
        yield started
