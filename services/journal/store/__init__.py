"""Journal's SQL."""
