"""Use cases of the directory: importing a feed, finding meetings."""
