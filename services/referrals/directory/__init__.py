"""The directory of local meetings: what feeds brought, kept for the whole deployment and said to the other services."""
