"""The demo data: real lists of meetings and fictional people, brought in through the same doors as anybody's."""
