"""`python -m deploy.local.reset`: forgets what the local run knows."""

import shutil
import sys

from deploy.local.child import end_leftover
from deploy.local.lock import only_runner
from deploy.local.places import FORGOTTEN_BY_RESET, RUN, STATE
from deploy.local.problems import CannotStart


def main() -> int:
    try:
        with only_runner(RUN / "runner.lock"):
            for record in STATE.rglob("process.json"):
                end_leftover(record)
            for place in FORGOTTEN_BY_RESET:
                shutil.rmtree(place, ignore_errors=True)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    print("Forgotten: all data, keys, mail and logs of the local run.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
