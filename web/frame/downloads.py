"""Files that a page hands out to be saved."""

from collections.abc import Callable

from fastapi import Response

from kernel.sheets import MEDIA_TYPE
from web.frame.printed import Printed


def excel(make: Callable[[], bytes], name: str) -> Response:
    """A workbook to be saved as `name`, made once the page has let go of the database."""
    return Printed(make, MEDIA_TYPE, {"Content-Disposition": f'attachment; filename="{name}"'})
