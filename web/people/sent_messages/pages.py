"""What a demonstration would have sent to telephones: anybody may read it here, and nothing of a real installation."""

from fastapi import APIRouter, Request, Response

from kernel.errors import NotFound
from people.messages.gateways import Folder
from web.frame.access import open_to_all
from web.frame.templating import page
from web.frame.work import workplace

router = APIRouter(prefix="/messages", dependencies=[open_to_all()])


@router.get("")
def messages(request: Request) -> Response:
    """The latest, the newest first. A real installation has no such page."""
    settings = workplace(request).settings
    if not settings.demonstration:
        raise NotFound
    latest = Folder(settings.messages_folder).latest()
    return page(request, "people/sent_messages/messages.html", {"messages": latest}, block="messages")
