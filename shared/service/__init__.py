"""What every service is built and run with: settings, foundation, command."""
