"""What has been made already, kept beside the other files of the run: a second start does only what is missing."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Manifest:
    """`referralId`, `clientId` and `commitmentId` are those of the README's client; `famalink emit` reads them.

    `feeds`: digest of each list as imported. `systems`: as registered. `referrals`: by our own name of each story,
    `told` those that are complete.
    """

    referralId: str | None = None
    clientId: str | None = None
    commitmentId: str | None = None
    feeds: dict[str, str] = field(default_factory=dict)
    systems: list[str] = field(default_factory=list)
    referrals: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


@dataclass
class ManifestFile:
    """Written after every step, whole or not at all."""

    path: Path

    def read(self) -> Manifest:
        """An empty one if there is none, or if it is not ours."""
        try:
            said: Any = json.loads(self.path.read_bytes())
            return Manifest(**said)
        except (OSError, ValueError, TypeError):
            return Manifest()

    def write(self, manifest: Manifest) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self.path.with_name(f"{self.path.name}.new")
        unfinished.write_text(json.dumps(asdict(manifest), indent=1))
        unfinished.replace(self.path)
