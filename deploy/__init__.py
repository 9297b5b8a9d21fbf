"""How Famalink is run."""
