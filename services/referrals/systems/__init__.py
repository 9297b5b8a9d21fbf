"""Registered systems: who they are, what they may do, and the tokens they get for it (SMART Backend Services)."""
