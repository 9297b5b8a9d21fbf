"""Journal's JSON doors: attendance in, what is known of a client's attendance out."""
