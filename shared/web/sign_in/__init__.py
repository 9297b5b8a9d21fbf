"""People sign in with OpenID Connect (authorization code, PKCE); a cookie of this service's own remembers it."""
