"""What pages are made of: NHS frontend and Swagger UI from `node_modules`, a few files of our own. Nothing comes from
elsewhere, and an address carries a version, so a browser may keep what it got for ever."""

import re
from collections.abc import Mapping
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

import orjson
from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from shared.web.problems import not_found
from shared.web.settings import WrongSetting

_OWN = Path(__file__).parent / "static"
_PACKAGES = ("nhsuk-frontend", "swagger-ui-dist")
_STYLE = "nhsuk-frontend.min.css"
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_FONT = re.compile(r"@font-face\{[^}]*\}")


class MissingAssets(WrongSetting):
    """Set-up was not done, or not to the end."""


class Assets:
    """`path` is where pages find them: `{path}/images/…`, `{path}/nhsuk-frontend.min.css`."""

    def __init__(self, node_modules: Path) -> None:
        for package in _PACKAGES:
            if not (node_modules / package / "package.json").is_file():
                raise MissingAssets(
                    f"{node_modules / package} is missing: run `make setup`, or point NODE_MODULES to it."
                )
        self._files = _files(node_modules)
        self.path = f"/assets/{_version(node_modules, self._files)}"

    def router(self) -> APIRouter:
        """Open to all."""
        routes = APIRouter(include_in_schema=False)

        @routes.get(self.path + "/{name:path}")
        async def asset(name: str) -> Response:
            file = self._files.get(name)
            if file is None:
                raise not_found()
            if name == _STYLE:
                return Response(_style(file), headers=_FOR_EVER, media_type="text/css")
            return FileResponse(file, headers=_FOR_EVER, media_type=guess_type(name)[0])

        return routes


def _files(node_modules: Path) -> Mapping[str, Path]:
    nhsuk, swagger = node_modules / "nhsuk-frontend/dist/nhsuk", node_modules / "swagger-ui-dist"
    images = {f"images/{file.name}": file for file in (nhsuk / "assets/images").glob("nhsuk-icon-*.svg")}
    named = {name: nhsuk / name for name in (_STYLE, "nhsuk-frontend.min.js")}
    docs = {name: swagger / name for name in ("swagger-ui.css", "swagger-ui-bundle.js")}
    return images | named | docs | {file.name: file for file in _OWN.iterdir()}


def _version(node_modules: Path, files: Mapping[str, Path]) -> str:
    """Changes whenever an asset does: the packages' versions, our own files' content."""
    told = [orjson.loads((node_modules / package / "package.json").read_bytes())["version"] for package in _PACKAGES]
    own = [file.read_bytes() for _, file in sorted(files.items()) if file.parent == _OWN]
    return sha256(b"|".join([*(version.encode() for version in told), *own])).hexdigest()[:12]


def _style(file: Path) -> str:
    """Without the font, which is the NHS's and would come from its servers; images found beside it."""
    return _FONT.sub("", file.read_text(encoding="utf-8")).replace("url(/assets/", "url(")
