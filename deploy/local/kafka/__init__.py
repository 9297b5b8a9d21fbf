"""A real, single-node Kafka as a child process."""

from deploy.local.kafka.broker import EmbeddedKafka

__all__ = ["EmbeddedKafka"]
