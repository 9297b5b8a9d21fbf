"""A real PostgreSQL 18 as a child process."""

from deploy.local.postgres.server import EmbeddedPostgres

__all__ = ["EmbeddedPostgres"]
