"""The engine on HTTP: plain ASGI, because a framework's routing costs more here than the database."""
