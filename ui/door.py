"""The door: what the server takes and hands out before any page has run.

Streamlit takes a file's bytes into memory from whoever can open a connection, keeps them while the session lives,
and hands out downloads to whoever knows their address. Here both need the sign-in of somebody who may come in, and
handing in needs a role that loads. The answer is given before a byte of the file is read. Owns no page and no scope.
"""

import json
from http import HTTPStatus

from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from access.sign_in import Denied, viewer_of
from access.viewer import LOCAL, Viewer
from ui import sign_in

HANDS_IN = "/_stcore/upload_file"
HANDS_OUT = ("/media", "/_stcore/metrics")
ICON = ".png"  # the tab's icon is the only image that is served, and the sign-in page has it too
LOADS = ("district", "principal")


class Door:
    """Lets a request in, or answers it with 403."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        """One request; anything but a file passes."""
        guarded = scope["type"] == "http" and _guarded(scope["path"])
        if guarded and not await to_thread.run_sync(_may, HTTPConnection(scope)):
            closed = {"Connection": "close"}  # what else was being sent is not waited for
            await PlainTextResponse("Please sign in.", HTTPStatus.FORBIDDEN, closed)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


MIDDLEWARE = [Middleware(Door)]


def stop_if_public():
    """End the program with a sentence, where other machines reach it and there is no sign-in."""
    if not sign_in.configured() and not sign_in.secrets_unreadable() and not sign_in.serves_this_machine_only():
        raise SystemExit(sign_in.OUTSIDE.sentence)


def _guarded(path: str) -> bool:
    return path.startswith(HANDS_IN) or (path.startswith(HANDS_OUT) and not path.endswith(ICON))


def _may(request: HTTPConnection) -> bool:
    who = _viewer(request)
    if isinstance(who, Denied):
        return False
    return who.role in LOADS or not request.url.path.startswith(HANDS_IN)


def _viewer(request: HTTPConnection) -> Viewer | Denied:
    if sign_in.secrets_unreadable():
        return sign_in.BROKEN
    if not sign_in.configured():
        here = sign_in.serves_this_machine_only() and not sign_in.is_from_elsewhere(request.headers)
        return LOCAL if here else sign_in.OUTSIDE
    claims = _claims(request.cookies)
    return viewer_of(claims, sign_in.directory()) if claims.get("is_logged_in") is True else sign_in.SIGNED_OUT


def _claims(cookies: dict[str, str]) -> dict:
    """The claims of the signed cookie that Streamlit wrote at the sign-in; empty where it is not whole."""
    secret = get_cookie_secret()

    def part(name: str) -> bytes | None:
        return decode_signed_value(secret, name, cookies[name].encode("latin-1")) if name in cookies else None

    try:
        return json.loads(get_cookie_with_chunks(part, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
