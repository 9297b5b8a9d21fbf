"""Revisions are numbered and linear: two of one number would leave a database that no service can migrate."""

import importlib.util
from pathlib import Path

import pytest

SERVICES = Path(__file__).resolve().parents[2] / "services"
FOLDERS = sorted(SERVICES.glob("*/migrations"))


def of(revision: Path) -> tuple[str, str | None]:
    """Its own number, and the one it follows."""
    spec = importlib.util.spec_from_file_location(f"revision_{revision.stem}", revision)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.revision, module.down_revision


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_revisions_follow_one_another_by_the_number_in_their_names(folder: Path) -> None:
    files = sorted(folder.glob("[0-9]*.py"))
    numbers = [f"{number:04}" for number in range(1, len(files) + 1)]
    assert [file.name[:4] for file in files] == numbers
    assert [of(file) for file in files] == list(zip(numbers, [None, *numbers], strict=False))
