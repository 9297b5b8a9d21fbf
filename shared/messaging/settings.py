"""Where Kafka is, and who this process is to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KafkaSettings:
    """`prefix` stands before every topic and group. `instance`, when given, is this process's fixed name in its group:

    restarted under the same name it takes its partitions back at once instead of after the session has timed out.
    """

    bootstrap: str
    prefix: str = ""
    instance: str | None = None
    replication: int = 1

    def group(self, service: str) -> str:
        return f"{self.prefix}famalink.{service}"
