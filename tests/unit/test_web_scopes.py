"""Which scope covers what."""

import pytest

from shared.web.scopes import allows


@pytest.mark.parametrize(
    ("granted", "wanted"),
    [
        ("attendance.write", "attendance.write"),
        ("system/CarePlan.rs", "system/CarePlan.rs"),
        ("system/CarePlan.rs", "system/CarePlan.r"),
        ("system/*.rs", "system/Goal.s"),
        ("system/*.cruds", "system/Goal.rs"),
        ("system/Goal.read", "system/Goal.rs"),
        ("system/*.*", "system/Goal.s"),
    ],
)
def test_a_scope_covers_what_it_names_and_less(granted: str, wanted: str) -> None:
    assert allows([granted], wanted)


@pytest.mark.parametrize(
    ("granted", "wanted"),
    [
        ("attendance.write", "events.read"),
        ("system/CarePlan.rs", "system/Goal.r"),
        ("system/CarePlan.s", "system/CarePlan.r"),
        ("system/CarePlan.rs", "system/*.rs"),
        ("system/*.", "system/Goal.r"),
        ("system/*.rs", "attendance.write"),
        ("attendance.*", "attendance.write"),
        ("system/Goal.write", "system/Goal.r"),
        ("patient/Goal.rs", "system/Goal.rs"),
    ],
)
def test_a_scope_covers_nothing_else(granted: str, wanted: str) -> None:
    assert not allows([granted], wanted)


def test_scopes_do_not_add_up_to_a_right_that_none_of_them_gives_whole() -> None:
    assert not allows(["system/Goal.r", "system/Goal.s"], "system/Goal.rs")
