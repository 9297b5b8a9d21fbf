"""What journal knows: attendance facts, which outcome stands, and whose word may be taken. Pure."""
