"""The deployment's master keys, made once. Without them nothing that was stored about a person can be read."""

import os

from deploy.local.places import KEYS


def make_master_keys() -> None:
    file = KEYS / "master.json"
    if file.exists():
        return
    from shared.privacy.master import new_master_file  # only the first start pays for loading it

    KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = KEYS / "master.json.new"
    with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as new:
        new.write(new_master_file())
        new.flush()
        os.fsync(new.fileno())
    unfinished.rename(file)
