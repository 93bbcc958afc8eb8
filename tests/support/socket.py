"""A browser without a browser: signs in over HTTP and speaks Streamlit's own messages over its WebSocket.

It can say what no browser says: values that no widget offers, ids that were never sent, somebody else's session.
"""

import asyncio
import http.client
import http.cookies
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

LONGEST = 60  # seconds to wait for a page
_OTHER_END = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Visitor:
    """Somebody with cookies. `address` is the program's, on the host of its redirect address.

    `trusted` is the TLS context for an https address; `claims` are headers that go with every session.
    """

    def __init__(self, address: str, cookies: dict[str, str] | None = None, trusted=None):
        self.address = address
        self.cookies = dict(cookies or {})
        self.trusted = trusted
        self.claims: dict[str, str] = {}
        self.flags: dict[str, set[str]] = {}  # of each cookie: secure, httponly
        self.get("/_stcore/health")  # sets the mark against forged requests

    def get(self, path: str, headers: dict | None = None, method: str = "GET", data: bytes | None = None):
        """(status, headers, body) of one request; cookies are sent and kept, redirects are not followed."""
        url = urllib.parse.urljoin(f"{self.address}/", path)
        own = url.startswith(self.address)
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items()) if own else ""
        asked = urllib.request.Request(url, data, {"Cookie": jar, **(headers or {})}, method=method)
        try:
            secure = urllib.request.HTTPSHandler(context=self.trusted)
            found = urllib.request.build_opener(_Stay, secure).open(asked, timeout=LONGEST)
        except urllib.error.HTTPError as refused:
            found = refused
        with found:
            if own:
                self._keep(found.headers.get_all("Set-Cookie") or ())
            return found.status, found.headers, found.read()

    def put(self, session: "Session", data: bytes, file_id: str = "forged", name: str = "log.csv") -> int:
        """The status of an upload to a session, as the file uploader sends it. 0: hung up before the body was in."""
        mark = "mark-of-the-form"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'
        body = b"".join((head.encode(), data, f"\r\n--{mark}--\r\n".encode()))
        at = urllib.parse.urlsplit(self.address)
        line = http.client.HTTPConnection(at.hostname, at.port, timeout=LONGEST)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "X-Xsrftoken": self.cookies["_streamlit_xsrf"],
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        try:
            line.request("PUT", f"/_stcore/upload_file/{session.id}/{file_id}", body, headers)
            return line.getresponse().status
        except ConnectionError:
            return 0
        finally:
            line.close()

    def sign_in(self, email: str):
        """As `provider.sign_in`, without a browser: the button, the provider's form, the way back."""
        with self.session() as session:
            asked = session.run(click="Sign in")
        _, headers, _ = self.get(next(m.auth_redirect.url for m in asked.messages if m.HasField("auth_redirect")))
        form = headers["Location"]
        _, headers, _ = self.get(form, method="POST", data=urllib.parse.urlencode({"sub": email}).encode())
        self.get(headers["Location"])
        return self

    @contextmanager
    def session(self, existing: str = ""):
        """A tab; `existing` asks to go on with a session that is there."""
        at = urllib.parse.urlsplit(self.address)
        line = Line(
            f"{'wss' if self.trusted else 'ws'}://{at.netloc}/_stcore/stream",
            ssl=self.trusted,
            origin=self.address,
            subprotocols=["streamlit", self.cookies["_streamlit_xsrf"], *([existing] if existing else [])],
            additional_headers={
                **self.claims,
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            },
            max_size=None,
            open_timeout=LONGEST,
        )
        try:
            yield Session(line)
        finally:
            line.close()

    def _keep(self, said):
        for line in said:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                self.flags[name] = {flag for flag in ("secure", "httponly") if morsel[flag]}
                if not morsel.value or morsel["max-age"] == "0":
                    del self.cookies[name]


class Run:
    """What one run of a page sent."""

    def __init__(self, messages: list[ForwardMsg]):
        self.messages = messages

    @property
    def raw(self) -> bytes:
        """Every byte, tables and figures included."""
        return b"\n".join(message.SerializeToString() for message in self.messages)

    @property
    def elements(self) -> list:
        """The elements of the page, in order."""
        return [m.delta.new_element for m in self.messages if m.HasField("delta") and m.delta.HasField("new_element")]

    @property
    def widgets(self) -> dict[str, object]:
        """The widgets by id: the messages that have one."""
        found = {}
        for element in self.elements:
            inner = getattr(element, element.WhichOneof("type"))
            if getattr(inner, "id", "").startswith("$$"):
                found[inner.id] = inner
        return found

    def widget(self, label: str):
        """The widget with this label."""
        return next(one for one in self.widgets.values() if getattr(one, "label", "") == label)

    @property
    def fragments(self) -> list[str]:
        """The ids of the fragments that drew something."""
        return sorted({m.delta.fragment_id for m in self.messages if m.HasField("delta") and m.delta.fragment_id})

    @property
    def files(self) -> list[str]:
        """The addresses of files that the page offers."""
        return sorted({m.decode() for m in re.findall(rb"/media/[0-9a-f]+\.[a-z0-9]+", self.raw)})

    @property
    def pages(self) -> dict[str, str]:
        """The pages that were announced: {address: hash}."""
        found = [page for m in self.messages if m.HasField("navigation") for page in m.navigation.app_pages]
        return {page.url_pathname: page.page_script_hash for page in found}


class Line:
    """A web socket read and written in one thread of its own: two threads in one TLS socket can end Python 3.11."""

    def __init__(self, address: str, **options):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._socket = None
        try:
            self._socket = self._wait_for(self._opened(address, options))
        except BaseException:
            self.close()
            raise

    def send(self, data: bytes):
        """Send one message."""
        self._wait_for(self._socket.send(data))

    def recv(self, timeout: float) -> bytes:
        """The next message. TimeoutError where none comes."""
        return self._wait_for(asyncio.wait_for(self._socket.recv(), timeout))

    def close(self):
        """Hang up, where that was not done before."""
        if self._loop.is_closed():
            return
        if self._socket is not None:
            self._wait_for(self._socket.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @staticmethod
    async def _opened(address: str, options: dict):
        return await connect(address, **options)

    def _wait_for(self, what):
        return asyncio.run_coroutine_threadsafe(what, self._loop).result()


class Session:
    """One tab's line to the server."""

    def __init__(self, line):
        self.line = line
        self.id = ""
        self.states: dict[str, dict] = {}  # what a widget was last set to, sent with every run as a browser does

    def run(self, page: str = "", query: str = "", click: str = "", forged: dict | None = None, **state) -> Run:
        """Ask for a page and wait until it stands.

        `click`: then press the button of this label. `forged`: {widget id: {field of WidgetState: value}}, sent
        as they are. `state`: further fields of the message (page_script_hash, fragment_id).
        """
        self.states |= forged or {}
        found = self._ask(page, query, self.states, state)
        if not click:
            return found
        return self._ask(page, query, {**self.states, found.widget(click).id: {"trigger_value": True}}, state)

    def download(self, file_id: str) -> str:
        """Press a button that makes its file when it is asked for: the file's address, or "" where it is refused."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = "download"
        asked.backend_operation_request.session_id = self.id
        asked.backend_operation_request.deferred_file.file_id = file_id
        self.send(asked)
        answer = self.until(lambda m: m.HasField("backend_operation_response"))[-1].backend_operation_response
        return answer.deferred_file.url

    def send(self, message: BackMsg):
        """Send any message."""
        self.line.send(message.SerializeToString())

    def until(self, ended) -> list[ForwardMsg]:
        """The messages up to the one for which `ended` is true. TimeoutError where it does not come."""
        found = []
        while not (found and ended(found[-1])):
            message = ForwardMsg()
            message.ParseFromString(self.line.recv(timeout=LONGEST))
            if message.HasField("new_session"):
                self.id = message.new_session.initialize.session_id or self.id
            found.append(message)
        return found

    def _ask(self, page: str, query: str, widgets: dict, state: dict) -> Run:
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        for name, value in state.items():
            setattr(asked.rerun_script, name, value)
        for widget, value in widgets.items():
            asked.rerun_script.widget_states.widgets.add(id=widget, **value)
        self.send(asked)
        return Run(self.until(lambda m: m.HasField("script_finished") and m.script_finished != _OTHER_END))
