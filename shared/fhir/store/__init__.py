"""The engine's SQL: `versions` writes, `lookups` reads by id, `pages` searches."""
