"""What the three services have in common towards a browser or a program that calls them by HTTP."""
