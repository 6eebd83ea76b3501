"""Scripts that stand beside their pages: only .js files below web/, nothing else of the package."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class Scripts(StaticFiles):
    """Serves web/<package>/<screen>/<name>.js."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The script at `path`; anything that is not one does not exist."""
        if not path.endswith(".js"):
            raise HTTPException(404)
        return await super().get_response(path, scope)
