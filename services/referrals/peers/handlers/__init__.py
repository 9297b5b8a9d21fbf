"""Use cases: the register, arranging company, and the peer supporter's own answer."""
