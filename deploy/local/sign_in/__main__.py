"""`python -m deploy.local.sign_in`: until it is told to stop. Settings: FAMALINK_PORT_BASE, SIGN_IN_CLIENT_ID,
SIGN_IN_KEY_FILE, and the services' addresses (REFERRALS_URL…) if they are not on loopback."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.local.places import KEYS
from deploy.local.settings import SERVICES, Ports
from deploy.local.sign_in.provider import create_app
from deploy.local.sign_in.signing import Signer, kept_key
from shared.web.serving import serve
from shared.web.settings import WrongSetting

LISTENS_ON = "127.0.0.1"
"""Not a setting: it lets in whoever reaches it."""


def main(environment: Mapping[str, str] = os.environ) -> None:
    port = Ports(int(environment.get("FAMALINK_PORT_BASE", "8400"))).sign_in
    key = kept_key(Path(environment.get("SIGN_IN_KEY_FILE", KEYS / "sign-in.pem")))
    services = [environment[name] for name in (f"{service.upper()}_URL" for service in SERVICES) if name in environment]
    app = create_app(
        Signer(f"http://localhost:{port}", key), environment.get("SIGN_IN_CLIENT_ID", "famalink"), services
    )
    try:
        serve(app, LISTENS_ON, port)
    except WrongSetting as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
