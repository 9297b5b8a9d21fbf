"""Writes the samples of events that are new: `python -m tests.kept`."""

from tests.kept.samples import write_missing

if __name__ == "__main__":
    write_missing()
