"""Sign-in for development: an OpenID Connect provider with four fictional people and no passwords.

It listens on loopback only, and services believe it only there (or with ALLOW_DEVELOPMENT_SIGN_IN=yes).
`python -m deploy.local.sign_in` starts it at FAMALINK_PORT_BASE + 4; `issuer` is http://localhost:<port>.

Without a browser, the same authorization-code flow in two requests:

1. `GET {issuer}/authorize?response_type=code&client_id=famalink&redirect_uri=http://localhost/done
   &code_challenge={S256 of verifier}&code_challenge_method=S256&login_hint=kay` answers 303; its `Location` has `code`.
2. `POST {issuer}/token`, form `grant_type=authorization_code`, `code`, `redirect_uri`, `client_id`, `code_verifier`,
   answers `{access_token, id_token, token_type, expires_in}`. `access_token` is the bearer.

Without `login_hint` step 1 is a page on which one presses a name.
"""
