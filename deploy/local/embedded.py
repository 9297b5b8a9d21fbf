"""A server as a child process of ours: prepared, started, waited for, stopped. As a context manager all of it."""

import signal
import time
from abc import ABC, abstractmethod
from types import TracebackType
from typing import ClassVar, Self

from deploy.local.child import Child
from deploy.local.problems import CannotStart


class Embedded(ABC):
    """`name` is what people call it; `stops_within` so many seconds, or it is killed."""

    name: ClassVar[str]
    stops_within: ClassVar[float]
    child: Child

    @abstractmethod
    def prepare(self) -> None:
        """Ends what an earlier run left, makes what is missing."""

    @abstractmethod
    def ready(self) -> bool:
        """Raises CannotStart, with the last lines of the log, if it ended by itself."""

    def start(self) -> None:
        """Returns at once: `wait` until it is ready."""
        self.child.start()

    def wait(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not self.ready():
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"{self.name} was not ready within {seconds:.0f} s. "
                    f"{self.child.log} ends with:\n{self.child.last_lines()}"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        self.child.stop(seconds=self.stops_within)

    def kill(self) -> None:
        """As SIGKILL would, for tests and for data that is not needed any more."""
        self.child.stop(how=signal.SIGKILL)

    def __enter__(self) -> Self:
        self.prepare()
        self.start()
        try:
            self.wait()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()
