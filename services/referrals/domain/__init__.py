"""The FAMA pathway as an event-sourced state machine: plain values and pure functions. No I/O, no clock, no chance.

A command is refused with a reason or turned into events (`sessions`, `commitments`, `goals`, `ending`, ...);
the state (`pathway`) is what the events add up to (`replay`). What follows by itself is in `consequences`.
"""
