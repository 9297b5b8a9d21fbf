"""`python -m deploy.local.reset`: forgets what the local run knows."""

import shutil
import sys

from deploy.local.lock import only_runner
from deploy.local.places import FORGOTTEN_BY_RESET, RUN
from deploy.local.problems import CannotStart
from deploy.local.run import end_leftovers


def main() -> int:
    try:
        with only_runner(RUN / "runner.lock"):
            end_leftovers()
            for place in FORGOTTEN_BY_RESET:
                shutil.rmtree(place, ignore_errors=True)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    print("Forgotten: all data, keys, mail and logs of the local run.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
