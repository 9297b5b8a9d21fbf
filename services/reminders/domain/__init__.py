"""What the service knows: pure functions and plain values. No I/O, no clock."""
