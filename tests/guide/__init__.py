"""docs/fama.md: the rules that the code keeps, for a clinician to check. Written by `make guide`."""
