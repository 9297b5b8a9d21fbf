"""What the service does when something is heard or asked: load, decide, save, say."""
