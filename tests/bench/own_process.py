"""A run in a process of its own, so that its CPU is its own and nothing of the run before is in its memory."""

import json
import subprocess
import sys
from typing import Any


def figures_of(module: str, told: dict[str, Any]) -> dict[str, float]:
    """What `python -m module` prints as its last line; what comes before are log lines."""
    command = [sys.executable, "-m", module, json.dumps(told)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=300)
    return json.loads(answer.stdout.splitlines()[-1])  # type: ignore[no-any-return]
