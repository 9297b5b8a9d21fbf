"""Peer supporters: people who go along with somebody to a first meeting, in their own right and under their own key."""
