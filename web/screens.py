"""Scripts and styles that stand beside their pages: only .js and .css files below web/, nothing else of it."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class Scripts(StaticFiles):
    """Serves web/<package>/<screen>/<name>.js and .css."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at `path`; anything that is no script and no style does not exist."""
        if not path.endswith((".js", ".css")):
            raise HTTPException(404)
        return await super().get_response(path, scope)
