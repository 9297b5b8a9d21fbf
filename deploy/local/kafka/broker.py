"""One node that is broker and controller at once, listening on loopback only."""

import base64
import os
import shutil
import socket
import subprocess
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.child import Child, end_leftover
from deploy.local.embedded import Embedded
from deploy.local.kafka import java
from deploy.local.problems import CannotStart

PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
num.network.threads=2
num.io.threads=4
background.threads=2
log.segment.bytes=134217728
log.index.size.max.bytes=1048576
log.cleaner.dedupe.buffer.size=16777216
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=750
"""
"""The quorum is told by voters, not by `--standalone`, which writes the controller's port into the data for ever.
After a SIGKILL a broker is not let in again before its former session has timed out, nine seconds unless set."""


@dataclass
class EmbeddedKafka(Embedded):
    """`with EmbeddedKafka(directory, port, controller_port) as kafka: kafka.bootstrap_servers`.

    All it writes is below `directory`, its log included unless `log` says otherwise. What was there is found again.
    Raises CannotStart with what to do.
    """

    name = "Kafka"
    stops_within = 15

    directory: Path
    port: int
    controller_port: int
    log: Path | None = None
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.child = Child(
            "kafka",
            java.command("kafka.Kafka", str(self.properties)),
            record=self.directory / "process.json",
            log=self.log or self.directory / "kafka.log",
            environment=_environment(),
        )

    @property
    def bootstrap_servers(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def properties(self) -> Path:
        return self.directory / "server.properties"

    def prepare(self) -> None:
        """Ends what an earlier run left, writes the settings, formats the data directory if there is none."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        end_leftover(self.child.record)
        self._write_properties(self.data)
        if not self.data.exists():
            self._format()

    def ready(self) -> bool:
        if (code := self.child.exit_code()) is not None:
            raise CannotStart(self._why_it_ended(code))
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def _write_properties(self, data: Path) -> None:
        text = PROPERTIES.format(port=self.port, controller_port=self.controller_port, data=data)
        self.properties.write_text(text)

    def _format(self) -> None:
        """Into a directory beside it that is renamed when done: an interrupted one is never taken for whole."""
        unfinished = self.directory / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._write_properties(unfinished)
        run = subprocess.run(
            java.command("kafka.tools.StorageTool", "format", "-t", _cluster_id(), "-c", str(self.properties)),
            check=False,
            capture_output=True,
            text=True,
            env=_environment(),
            timeout=120,
        )
        if run.returncode != 0:
            raise CannotStart(f"Kafka could not prepare {unfinished}:\n{run.stdout}{run.stderr}")
        self._write_properties(self.data)
        unfinished.rename(self.data)

    def _why_it_ended(self, code: int) -> str:
        lines = self.child.last_lines()
        hint = "Java 17 or later is needed, this one is older.\n" if "UnsupportedClassVersionError" in lines else ""
        return f"Kafka ended by itself (exit code {code}). {hint}{self.child.log} ends with:\n{lines}"


def _cluster_id() -> str:
    return "f" + base64.urlsafe_b64encode(uuid.uuid4().bytes).decode()[1:22]  # Kafka takes none that begins with a dash


def _environment() -> dict[str, str]:
    """Without the options that people set for their other Kafkas and Javas."""
    ours = ("PATH", "HOME", "LANG", "TMPDIR", "JAVA_HOME", "TZ")
    return {name: os.environ[name] for name in ours if name in os.environ}
