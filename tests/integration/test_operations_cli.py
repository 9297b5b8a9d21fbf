"""The command line against a running referrals and the development sign-in, as a person types it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from uuid import uuid4

import httpx
import jwt
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from deploy.local.postgres import EmbeddedPostgres
from shared.cli.__main__ import famalink
from shared.privacy.master import new_master_file
from tests.integration.systems_builder import ec_key
from tests.ports import free_base

FEED = Path("deploy/local/demo/uk_directory.csv")


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `.famalink` is to the local run."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def environment(state: Path, postgres: EmbeddedPostgres) -> Iterator[dict[str, str]]:
    name = f"cli_{uuid4().hex[:8]}"
    (state / "run").mkdir()
    (state / "master.json").write_bytes(new_master_file())
    base = free_base()
    settings = {
        "FAMALINK_PORT_BASE": str(base),
        "STATE_DIR": str(state / "run"),
        "SIGN_IN_ISSUER": f"http://localhost:{base + 4}",
        "SIGN_IN_KEY_FILE": str(state / "sign-in.pem"),
        "MASTER_KEY_FILE": str(state / "master.json"),
        "REFERRALS_DATABASE_URL": postgres.create_database(name),
        "REFERRALS_KEYS_DATABASE_URL": postgres.create_database(f"{name}_keys"),
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
        "FAMALINK_TOKEN": "",
        "FEEDS_MAY_BE_LOCAL": "yes",
    }
    whole = {**os.environ, **settings}
    subprocess.run([sys.executable, "-m", "services.referrals", "migrate"], env=whole, check=True)
    with ExitStack() as stack, (state / "services.log").open("wb") as log:
        for module, port in (("deploy.local.sign_in", base + 4), ("services.referrals", base + 1)):
            arguments = [sys.executable, "-m", module, *(["serve"] if "services" in module else [])]
            process = subprocess.Popen(arguments, env=whole, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.kill)
            wait_for(f"http://localhost:{port}/health/live")
        yield settings


def wait_for(url: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError(url)


@pytest.fixture
def run(environment: dict[str, str]) -> "Run":
    return Run(environment)


class Run:
    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def __call__(self, *arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(famalink, list(arguments), env={**self.environment, **environment})

    def json(self, *arguments: str) -> object:
        done = self(*arguments, "--json")
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    def at_referrals(self, method: str, path: str, body: object = None, person: str = "kay") -> httpx.Response:
        bearer = self("token", "--person", person).stdout.strip()
        base = int(self.environment["FAMALINK_PORT_BASE"])
        url = f"http://localhost:{base + 1}{path}"
        return httpx.request(method, url, json=body, headers={"Authorization": f"Bearer {bearer}"})


def test_a_persons_token_is_the_bearer_and_nothing_else(run: Run) -> None:
    done = run("token", "--person", "otto")
    assert done.stdout.count("\n") == 1
    claims = jwt.decode(done.stdout.strip(), options={"verify_signature": False})
    assert (claims["sub"], claims["roles"]) == ("otto", ["operations"])


def test_a_system_is_added_gets_its_token_is_listed_and_disabled(run: Run, state: Path) -> None:
    name = f"emitter-{uuid4().hex[:6]}"
    added = run(
        *("systems", "add", name, "--source", f"https://{name}.example", "--reports-as", "emitter"),
        *("--provider", "X99", "--make-key", "--scope", "attendance.write", "--scope", "system/*.rs"),
    )
    assert added.exit_code == 0, added.stderr
    assert "active" in added.stdout
    key = state / "keys" / "systems" / f"{name}.json"
    assert key.stat().st_mode & 0o077 == 0
    token = run("token", "--system", name, "--scope", "attendance.write system/CarePlan.rs")
    claims = jwt.decode(token.stdout.strip(), options={"verify_signature": False})
    assert (claims["sub"], claims["source"]) == (name, f"https://{name}.example")
    assert name in run("systems", "list").stdout
    assert "disabled" in run("systems", "disable", name).stdout
    refused = run("token", "--system", name, "--scope", "attendance.write")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "invalid_client: This system has been disabled" in refused.stderr


def test_a_system_brings_its_own_keys(run: Run, tmp_path: Path) -> None:
    private = rsa.generate_private_key(65537, 2048)
    jwk = {"kid": "mine", "alg": "RS512"}
    public, secret = tmp_path / "public.json", tmp_path / "private.json"
    public.write_text(json.dumps({"keys": [RSAAlgorithm.to_jwk(private.public_key(), as_dict=True) | jwk]}))
    secret.write_text(json.dumps(RSAAlgorithm.to_jwk(private, as_dict=True) | jwk))
    added = ("systems", "add", "reader", "--provider", "X99", "--scope", "system/Goal.rs")
    assert run(*added, "--jwks", str(public)).exit_code == 0
    assert run("token", "--system", "reader", "--scope", "system/Goal.rs", "--key", str(secret)).exit_code == 0
    shown = run(*added, "--jwks", str(secret))
    assert shown.exit_code == 1
    assert "jwks.keys.0 (key-private)" in shown.stderr


def test_another_provider_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "public.json"
    file.write_text(json.dumps(ec_key().jwk))
    done = run("systems", "add", "far", "--provider", "X98", "--scope", "events.read", "--jwks", str(file))
    assert done.exit_code == 1
    assert "You register systems for X99" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_feed_is_imported_and_what_it_changed_is_told(run: Run, tmp_path: Path) -> None:
    arguments = ("directory", "import", "--feed", "cli", "--time-zone", "Europe/London", "--format", "csv")
    first = run.json(*arguments, str(FEED))
    assert isinstance(first, dict)
    assert first["new"] > 10
    again = run(*arguments, str(FEED))
    assert again.stdout.startswith(f"0 new, 0 changed, {first['new']} unchanged, 0 gone")
    html = tmp_path / "page.html"
    html.write_text("<!DOCTYPE html><html></html>")
    broken = run(*arguments, str(html))
    assert broken.exit_code == 1
    assert "Nothing was changed" in broken.stderr
    told = run(*arguments, str(html), "--json")
    assert (told.exit_code, told.stderr) == (1, "")
    assert json.loads(told.stdout)["errors"][0]["code"] == "web-page"
    few = tmp_path / "few.csv"
    few.write_text("".join(FEED.read_text().splitlines(keepends=True)[:20]))
    held = json.loads(run(*arguments, str(few), "--json").stdout)
    assert (held["errors"][0]["code"], held["unchanged"], len(held["going"])) == ("smaller", 19, 50)


def test_the_text_of_what_is_held_says_what_would_be_gone_and_which_lines_were_refused(
    run: Run, tmp_path: Path
) -> None:
    arguments = ("directory", "import", "--feed", "held", "--time-zone", "Europe/London", "--format", "csv")
    heading, *lines = FEED.read_text().splitlines(keepends=True)[:11]
    file = tmp_path / "list.csv"
    file.write_text("".join([heading, *lines]))
    assert run(*arguments, str(file)).stdout.startswith("10 new")
    file.write_text("".join([heading, *lines[:6], "nonsense\n"]))
    held = run(*arguments, str(file))
    assert held.exit_code == 1
    assert "It would be 0 new, 0 changed, 6 unchanged, 4 gone." in held.stdout
    assert "Would be gone:" in held.stdout
    assert "1 refused:" in held.stdout
    assert "does not have the heading's" in held.stdout
    assert "It has 6 meetings, 10 are listed" in held.stderr


def test_a_feed_is_fetched_by_the_service_and_what_came_of_it_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.csv").write_bytes(FEED.read_bytes())
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/feed.csv"
        said = ("--format", "csv", "--time-zone", "Europe/London", "--owner", "Otto Example", "--area", "North")
        assert run("directory", "sources", "add", "town", url, *said, "--daily-at", "04:30").exit_code == 0
        first = run("directory", "sources", "run", "town")
        assert first.exit_code == 0, first.stderr
        assert " new, 0 changed" in first.stdout
        listed = run("directory", "sources", "list")
        assert "daily at 04:30" in listed.stdout
        assert "applied" in listed.stdout
        (tmp_path / "feed.csv").unlink()
        gone = run("directory", "sources", "run", "town")
        assert gone.exit_code == 1
        assert "unreachable: The feed's address answers HTTP 404. Nothing was changed." in gone.stderr
        assert "The feed's address answers HTTP 404." in run("directory", "sources", "list").stdout
        server.shutdown()
    assert run("directory", "sources", "remove", "town").exit_code == 0
    assert "town is not fetched" in run("directory", "sources", "run", "town").stderr


def test_the_example_fits_the_demos_commitment_and_is_the_same_each_time(run: Run, state: Path) -> None:
    run("directory", "import", "--feed", "demo", "--time-zone", "Europe/London", "--format", "csv", str(FEED))
    run(
        *("systems", "add", "demo-emitter", "--source", "https://demo-emitter.example", "--reports-as", "emitter"),
        *("--provider", "X99", "--make-key", "--scope", "attendance.write"),
    )
    (state / "run" / "demo.json").unlink(missing_ok=True)
    early = run("emit", "attendance", "--example")
    assert (early.exit_code, early.stdout) == (1, "")
    assert "make run" in early.stderr
    commitment = a_commitment(run, state)
    first, second = run("emit", "attendance", "--example"), run("emit", "attendance", "--example")
    assert first.exit_code == 0, first.stderr
    assert first.stdout == second.stdout
    event = json.loads(first.stdout)
    assert event["source"] == "https://demo-emitter.example"
    assert event["id"] == f"attended-{commitment['commitmentId']}"
    assert event["data"]["meetingId"] == commitment["meetingId"]
    assert event["data"]["outcome"] == "attended"
    printed = json.loads(
        run("emit", "attendance", "--print", "--card-code", "AAAA", "--meeting-id", str(uuid4())).stdout
    )
    assert printed["data"]["cardCode"] == "AAAA"
    assert printed["data"]["reportedBy"] == "emitter"


def a_commitment(run: Run, state: Path) -> dict[str, str]:
    """A client with a commitment to a meeting that has begun; the manifest of the demo leads to it."""
    opened_at = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    newcomer = {
        "name": "Fictional Person",
        "birthDate": "1980-01-01",
        "for": "self",
        "forWhat": ["alcohol"],
        "timeZone": "Europe/London",
        "openedAt": opened_at,
    }
    answer = run.at_referrals("POST", "/api/referrals", newcomer)
    assert answer.status_code == 201, answer.text
    opened = answer.json()
    (state / "run" / "demo.json").write_text(json.dumps(opened))
    earlier = datetime.now(UTC) - timedelta(days=1)
    day = earlier.strftime("%A").lower()
    for meeting in run.at_referrals("GET", f"/api/meetings?day={day}").json()["meetings"]:
        body = {"meetingId": meeting["meetingId"], "date": earlier.date().isoformat(), "madeAt": opened_at}
        made = run.at_referrals("POST", f"/api/referrals/{opened['referralId']}/commitments", body)
        if made.status_code == 201:
            found: dict[str, str] = made.json()
            return found
    raise AssertionError("no meeting took place yesterday")


def test_nothing_is_parked_and_there_are_no_dead_letters(run: Run) -> None:
    assert run("parked", "--service", "referrals", "list").stdout == "Nothing is parked in referrals.\n"
    assert run.json("parked", "--service", "referrals", "list") == {"parked": []}
    assert run("deadletters", "list", "--service", "referrals").stdout == "There are no dead letters.\n"
    gone = run("parked", "--service", "referrals", "show", "1")
    assert (gone.exit_code, "not-found" in gone.stderr) == (1, True)
    lost = run("deadletters", "show", str(uuid4()), "--service", "referrals")
    assert "There is no dead letter" in lost.stderr


def test_erasing_asks_first_and_then_says_so(run: Run, state: Path) -> None:
    newcomer = {"name": "To Be Erased", "birthDate": "1980-01-01", "for": "self", "forWhat": [], "timeZone": "UTC"}
    client = run.at_referrals("POST", "/api/referrals", {**newcomer, "forWhat": ["drug"]}).json()["clientId"]
    assert run("erase", client).exit_code == 1  # nobody said yes
    assert run("erase", client, "--yes").stdout.startswith("Erased in referrals")
    assert run("erase", str(uuid4()), "--yes").exit_code == 1
