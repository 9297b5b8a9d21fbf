"""Scene: three people type what the README tells them to, each in a folder of their own."""

import json
import re
import shutil
from pathlib import Path

import pytest

from shared.cli.machines import make_private_key, public_key
from tests.journeys.example import Example
from tests.journeys.local_run import FAMALINK, LocalRun, Said
from tests.journeys.newcomers import newcomer

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed, and the README types it")
_README = Path("README.md").read_text()
_TYPED = re.compile(r"^ {4,}((?:\.venv/bin/|T=\$|curl )(?:.*\\\n)*.*)", re.MULTILINE)
_FIRST = 'set -eu -o pipefail; curl() { command curl --fail-with-body "$@"; echo; }'
_MEETINGS = "id,name,organisation,format,weekday,start\n1,Our Monday,smart-recovery,online,Monday,19:00\n"


def commands(heading: str) -> list[str]:
    """What a section of the README shows as typed."""
    _, _, section = _README.partition(f"\n## {heading}")
    section, _, _ = section.partition("\n## ")
    return _TYPED.findall(section)


async def typed(run: LocalRun, folder: Path, heading: str, **named: str) -> Said:
    """All of a section's commands in one shell, at this run's addresses; `named` are the words to be replaced."""
    script = "\n".join([_FIRST, *commands(heading)])
    script = script.replace(".venv/bin/famalink", str(FAMALINK))
    script = re.sub(r"localhost:840(\d)", lambda found: f"localhost:{run.ports.base + int(found[1])}", script)
    for word, meant in named.items():
        script = re.sub(rf"\b{word}\b", meant, script)
    said = await run.typed("bash", "-c", script, directory=folder)
    assert said.code == 0, f"{said.out}\n{said.err}"
    return said


async def test_who_runs_a_record_system(run: LocalRun, example: Example, tmp_path: Path) -> None:
    _publish_keys(tmp_path)
    said = await typed(run, tmp_path, "A record system")
    bundle = json.loads(said.out.splitlines()[-1])
    assert [entry["resource"]["resourceType"] for entry in bundle["entry"]][:2] == ["CarePlan", "Goal"]
    assert example.goal in said.out


async def test_who_sends_attendance(run: LocalRun, example: Example, tmp_path: Path) -> None:
    said = await typed(run, tmp_path, "An emitter")
    assert json.loads(said.out) == example.answer.json()
    assert (tmp_path / "attended.json").read_bytes() == example.event


async def test_who_looks_after_it(run: LocalRun, tmp_path: Path) -> None:
    (tmp_path / "meetings.csv").write_text(_MEETINGS)
    (tmp_path / "ONSPD.csv").write_text("pcds,lat,long\nSW1A 1AA,51.501009,-0.141588\n")
    client = await newcomer(run)
    said = await typed(run, tmp_path, "An operations team", CLIENT=f"{client.client_id} --yes")
    assert "1 new" in said.out
    assert "Erased in referrals" in said.out


def test_nothing_that_is_shown_as_typed_is_left_out() -> None:
    shown = [line for line in _README.splitlines() if re.match(r" {4,}(\.venv/bin/|curl |T=\$)", line)]
    told = [commands(heading) for heading in ("A record system", "An emitter", "An operations team")]
    assert sum(map(len, told)) == len(shown) > 8


def _publish_keys(folder: Path) -> None:
    keys = {"keys": [public_key(make_private_key(folder / "mine.json"))]}
    (folder / "our-public-keys.json").write_text(json.dumps(keys))
