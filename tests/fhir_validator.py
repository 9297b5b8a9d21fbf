"""HL7's own validator, offline, as a warm server: built once from the tool beside the project, kept under .famalink."""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import monotonic, sleep
from urllib.request import Request, urlopen

import pytest

from deploy.local.child import Child
from deploy.local.places import ROOT, STATE
from services.referrals.fhir.wording import PUBLISHED

BESIDE = ROOT.parent / "shared"
TOOL = BESIDE / "tools" / "fhir-validator"
UK_CORE = BESIDE / "data" / "ukcore"
CACHE = STATE / "cache"
_FAST_START = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True)
class Finding:
    severity: str
    location: str
    message: str


@dataclass(frozen=True)
class Validator:
    """Checks against what a resource claims in `meta.profile`, or else against plain R4."""

    url: str

    def findings(self, resource: bytes) -> list[Finding]:
        with urlopen(Request(self.url, data=resource, method="POST"), timeout=60) as answer:  # noqa: S310 - loopback
            return [Finding(**found) for found in json.load(answer)]

    def errors(self, resource: bytes) -> list[Finding]:
        return [found for found in self.findings(resource) if found.severity in ("error", "fatal")]

    def complaints(self, resource: bytes) -> list[Finding]:
        """Errors and warnings."""
        return [found for found in self.findings(resource) if found.severity != "information"]


@pytest.fixture(scope="session")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Validator]:
    """Skips, saying so, where the tool is not beside the project. UK Core's profiles and our own are loaded."""
    if not TOOL.exists() or not UK_CORE.exists():
        pytest.skip("the offline FHIR validator is not beside the project (../shared/tools, ../shared/data)")
    place = tmp_path_factory.mktemp("fhir-validator")
    jar = _built()
    profiles = [word for folder in (UK_CORE, PUBLISHED) for word in ("--profiles", str(folder))]
    command = [shutil.which("java") or "java", *_FAST_START, "-jar", str(jar), *profiles, "--server", "0"]
    child = Child("fhir-validator", command, record=place / "process.json", log=place / "log")
    child.start()
    try:
        yield Validator(_address(child))
    finally:
        child.stop()


@lru_cache(maxsize=1)
def _built() -> Path:
    """The jar of this version of the tool. The tool's own folder may be read-only, so a copy is built."""
    sources = sorted(path for path in [TOOL / "pom.xml", *TOOL.glob("src/**/*")] if path.is_file())
    stamp = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    copy = CACHE / f"fhir-validator-{stamp}"
    jar = copy / "target" / "fhir-validator.jar"
    if not jar.exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(TOOL, copy, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("target", "samples"))
        _run(["mvn", "-q", "-B", "package"], copy)
    return jar


def _run(command: Sequence[str], place: Path) -> None:
    run = subprocess.run(command, cwd=place, check=False, capture_output=True, text=True, timeout=600)
    if run.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")


def _address(child: Child) -> str:
    """Once it is warm it prints `ready on ADDRESS`."""
    deadline = monotonic() + 120
    while True:
        ready = re.search(r"^ready on (\S+)$", child.log.read_text(), re.MULTILINE)
        if ready:
            return ready[1]
        if child.exit_code() is not None or monotonic() > deadline:
            raise RuntimeError(f"the validator did not start:\n{child.last_lines()}")
        sleep(0.1)
