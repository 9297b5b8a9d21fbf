"""What a client finds out by itself (SMART App Launch 2.2, *Conformance*). Only what is so."""

from services.referrals.systems.public_keys import ALGORITHMS
from services.referrals.systems.scopes import SUPPORTED

TOKEN_PATH = "/oauth2/token"  # noqa: S105 - a path


def smart_configuration(address: str) -> dict[str, object]:
    return {
        "issuer": address,
        "jwks_uri": f"{address}/.well-known/jwks.json",
        "token_endpoint": f"{address}{TOKEN_PATH}",
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "grant_types_supported": ["client_credentials"],
        "scopes_supported": list(SUPPORTED),
        "code_challenge_methods_supported": ["S256"],  # required, also of a server that has no authorization endpoint
        "capabilities": ["client-confidential-asymmetric", "permission-v1", "permission-v2"],
    }
