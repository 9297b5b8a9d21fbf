"""The command `famalink`. It talks to services by HTTP like anybody, and imports none of them."""
