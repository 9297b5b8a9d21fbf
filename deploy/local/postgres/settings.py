"""How the embedded PostgreSQL is set: for one small machine, and so that its log tells nothing about a person."""

ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket's path may have 107 bytes; a checkout's may be longer
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",  # a statement may hold what a person wrote
    "log_timezone": "UTC",
    "timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_workers": "1",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
}

FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For data that a test throws away: a crash of the machine (of PostgreSQL alone it does not) may spoil it."""


def options(port: int, durable: bool) -> list[str]:
    chosen = ALWAYS | {"port": str(port)} | ({} if durable else FORGETFUL)
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
