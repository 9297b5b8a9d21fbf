"""Hand-outs over HTTP: what there is, each as a PDF, and hand-out 6 with the groups near a place."""

import re
from collections.abc import AsyncIterator, Mapping

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.privacy.master import MasterKeys
from tests.conftest import opened_database
from tests.integration.directory_builder import Directory, as_csv, listed, opened_directory, person, system

HERE = "53.95,-4.20"
_AT = {"latitude": "53.95", "longitude": "-4.20"}
_CROWD = [listed(f"Crowd {number}", latitude="10", longitude="10") for number in range(13)]
LIST = as_csv(
    listed("Tuesday AA", **_AT),
    listed("Al-Anon Here", organisation="al-anon", weekday="Sunday", start="09:00", **_AT),
    listed("#panic[x] *Odd*", id="odd", weekday="Monday", **_AT),
    listed("Far AA", latitude="50.10", longitude="-4.20"),
    listed("Shut AA", status="closed-for-now", **_AT),
    *_CROWD,
)


@pytest.fixture(scope="module")
async def directory(
    postgres: EmbeddedPostgres, master: MasterKeys, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Directory]:
    """One for all of them: they only look."""
    state = tmp_path_factory.mktemp("handouts")
    async with (
        opened_database(postgres, master, "referrals") as database,
        opened_directory(database, master, state) as opened,
    ):
        assert (await opened.imports(LIST)).status_code == 200
        yield opened


async def printed(directory: Directory, number: object, **asked: str) -> httpx.Response:
    """`for_` stands for `for`."""
    wanted = {name.rstrip("_"): value for name, value in asked.items()}
    return await directory.http.get(f"/api/handouts/{number}.pdf", params=wanted, headers=person("keyworker"))


def headings(answer: httpx.Response) -> str:
    """The outline, where a PDF says its headings in plain bytes."""
    assert answer.status_code == 200, answer.text
    return " | ".join(re.findall(r"/Title\(((?:[^()\\]|\\.)*)\)", answer.content.decode("latin-1")))


async def test_the_list_names_all_ten_and_each_of_its_forms_can_be_had(directory: Directory) -> None:
    answer = await directory.http.get("/api/handouts", headers=person("keyworker"))
    handouts = answer.json()["handouts"]
    assert [handout["number"] for handout in handouts] == list(range(1, 11))
    assert handouts[2] | {"forms": handouts[2]["forms"][:1]} == {
        "number": 3,
        "title": "Going to meetings",
        "for": ["self", "family"],
        "forms": [{"for": "self", "print": "normal", "path": "/api/handouts/3.pdf?for=self&print=normal"}],
    }
    for form in (form for handout in handouts for form in handout["forms"]):
        pdf = await directory.http.get(form["path"], headers=person("keyworker"))
        assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-"), form


async def test_a_hand_out_says_what_it_is_and_is_stored_by_nobody_on_the_way(directory: Directory) -> None:
    answer = await printed(directory, 3, for_="family", print="large")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="hand-out-3-large-print.pdf"'
    assert answer.headers["cache-control"] == "no-store"


async def test_family_and_friends_get_their_own_wording(directory: Directory) -> None:
    assert "The rest of the family needs me." in headings(await printed(directory, 3, for_="family"))
    assert "The rest of the family needs me." not in headings(await printed(directory, 3, for_="self"))


async def test_hand_out_6_lists_the_groups_near_a_place(directory: Directory) -> None:
    said = headings(await printed(directory, 6, for_="self", near=HERE, within="5"))
    for part in ("Tuesday AA", "#panic[x] *Odd*", "6b. Choosing a group"):
        assert part in said
    for other in ("Far AA", "Shut AA", "Al-Anon Here", "Crowd", "A group:"):
        assert other not in said


async def test_hand_out_6_for_family_and_friends_lists_their_groups(directory: Directory) -> None:
    said = headings(await printed(directory, 6, for_="family", near=HERE))
    assert "Al-Anon Here" in said
    assert "Tuesday AA" not in said


@pytest.mark.parametrize("asked", [{}, {"near": "0,0"}])
async def test_hand_out_6_has_room_to_write_where_no_group_is_known(
    directory: Directory, asked: Mapping[str, str]
) -> None:
    said = headings(await printed(directory, 6, for_="self", **asked))
    assert said.count("A group:") == 2


async def test_of_many_groups_the_nearest_twelve_are_listed(directory: Directory) -> None:
    said = headings(await printed(directory, 6, for_="self", near="10,10"))
    assert said.count("Crowd ") == 12


@pytest.mark.parametrize(
    ("number", "asked", "status", "field"),
    [
        ("11", {"for": "self"}, 404, "number"),
        ("0", {"for": "self"}, 404, "number"),
        ("three", {"for": "self"}, 422, "number"),
        ("3", {}, 422, "for"),
        ("3", {"for": "both"}, 422, "for"),
        ("3", {"for": "self", "print": "huge"}, 422, "print"),
        ("3", {"for": "self", "near": HERE}, 422, "near"),
        ("6", {"for": "self", "near": "somewhere"}, 422, "near"),
        ("6", {"for": "self", "near": HERE, "within": "0"}, 422, "within"),
        ("3", {"for": "self", "colour": "blue"}, 422, "colour"),
    ],
)
async def test_what_is_asked_wrongly_is_named(
    directory: Directory, number: str, asked: Mapping[str, str], status: int, field: str
) -> None:
    answer = await directory.http.get(f"/api/handouts/{number}.pdf", params=asked, headers=person("keyworker"))
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    [problem] = answer.json()["errors"]
    assert problem["field"].rpartition(".")[2] == field
    assert problem["reason"]


@pytest.mark.parametrize("path", ["/api/handouts", "/api/handouts/3.pdf?for=self"])
async def test_hand_outs_are_for_people_who_signed_in(directory: Directory, path: str) -> None:
    assert (await directory.http.get(path)).status_code == 401
    assert (await directory.http.get(path, headers=system("attendance.write"))).status_code == 403
    assert (await directory.http.get(path, headers=person("recovery-champion"))).status_code == 200
