"""The FAMA pathway as an event-sourced state machine: plain values and pure functions. No I/O, no clock, no chance.

A command is what people ask for (`commands_...`). Time comes with it: when it happened beside when we learned of it
(`recorded_at`). It is refused with a reason or turned into events (`sessions`, `commitments`, `goals`, `ending`, ...);
the state (`pathway`) is what the events (`events_...`) add up to (`replay`). What follows by itself is in
`consequences`.
"""
