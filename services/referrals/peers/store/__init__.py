"""SQL of peer supporters and of what is asked of them."""
