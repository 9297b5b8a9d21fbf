"""Numbered and linear; each says in SQL what it does."""
