"""The ten scenes that show whether it is FAMA (3-fama), through the JSON doors of all three running services."""
