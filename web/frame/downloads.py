"""Files that a page hands out."""

from fastapi import Response

from kernel.sheets import MEDIA_TYPE


def excel(content: bytes, name: str) -> Response:
    """A workbook to be saved as `name`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)
