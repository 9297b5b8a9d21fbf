"""Looking for somebody by name, as names are typed by whoever heard them."""

import pytest

from services.referrals.domain.names import fits, folded


@pytest.mark.parametrize(
    ("name", "sought"),
    [
        ("Robin Quillfeather", "quill"),
        ("Robin Quillfeather", "QUILLFEATHER robin"),
        ("Zoë Núñez", "zoe nunez"),
        ("Zoe Nunez", "Zoë"),
        ("Søren Łukasz", "soren lukasz"),
        ("Siân O'Brien-Jones", "obrien"),
        ("Siân O\u2019Brien-Jones", "o'brien jones"),
        ("Anne-Marie Weiß", "anne weiss"),
        ("李 小龙", "小"),
    ],
)
def test_a_name_is_found_by_parts_however_it_is_written(name: str, sought: str) -> None:
    assert fits(name, sought)


@pytest.mark.parametrize(
    ("name", "sought"),
    [
        ("Robin Quillfeather", "feather"),
        ("Robin Quillfeather", "robin robin"),
        ("Ann Other", "ann x"),
        ("Ann Other", ""),
        ("Ann Other", " - "),
    ],
)
def test_what_does_not_fit_is_not_found(name: str, sought: str) -> None:
    assert not fits(name, sought)


def test_two_words_that_begin_alike_take_two_words_of_the_name() -> None:
    assert fits("Ann Annabel", "an annab")
    assert not fits("Annabel Smith", "an annab")


def test_words_are_plain() -> None:
    assert folded("Søren O'Brien-Núñez") == ["soren", "obrien", "nunez"]
