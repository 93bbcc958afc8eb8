"""The very nginx configuration of the docs, in front of the program: TLS, limits, headers, WebSocket."""

import http.client
import shutil
import ssl
import subprocess
import time
import urllib.parse
from contextlib import contextmanager

import pytest

from access.directory import Directory
from data.home import PROJECT
from tests.support import browser, provider, screens, socket

DEBIAN = "/usr/sbin/nginx"
NGINX = shutil.which("nginx") or shutil.which(DEBIAN)
pytestmark = [
    pytest.mark.skipif(not NGINX, reason="nginx is not installed on this machine"),
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl, which makes the certificate, is not installed"),
    pytest.mark.skipif(not provider.installed(), reason=provider.WHY),
]
HEADERS = ("Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
           "Content-Security-Policy")  # fmt: skip


@contextmanager
def nginx(folder, upstream: int, open_port: int, tls_port: int):
    """nginx with the configuration of the docs, its placeholders filled."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True,
    )  # fmt: skip
    text = (PROJECT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    for written, filled in {
        "listen 80;": f"listen 127.0.0.1:{open_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{tls_port} ssl;",
        "bothways.district.org": "localhost",
        "/etc/ssl/certs/bothways.pem": str(certificate),
        "/etc/ssl/private/bothways.key": str(key),
        "http://127.0.0.1:8501": f"http://127.0.0.1:{upstream}",
    }.items():
        assert written in text
        text = text.replace(written, filled)
    (folder / "bothways.conf").write_text(text)
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    main = folder / "nginx.conf"
    main.write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; daemon off; events {{}}\n"
        f"http {{ access_log off; {temporary} include {folder}/bothways.conf; }}\n"
    )
    server = subprocess.Popen([NGINX, "-p", folder, "-c", main], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                http.client.HTTPConnection("127.0.0.1", open_port, timeout=1).connect()
                break
            except OSError:
                assert server.poll() is None, (folder / "error.log").read_text()
                time.sleep(0.1)
        yield ssl.create_default_context(cafile=str(certificate))
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """(address, TLS context, port without TLS) of the program behind nginx."""
    home, folder = tmp_path_factory.mktemp("proxy_home"), tmp_path_factory.mktemp("nginx")
    screens.sample(home).close()
    Directory(home / "access.sqlite").add("leader@x.org", "district")
    open_port, tls_port = browser.free_port(), browser.free_port()
    with provider.provider() as port:
        provider.knows(port, "leader@x.org")
        public = f"https://localhost:{tls_port}"
        with (
            provider.signed_in_program(home, port, public) as address,
            nginx(folder, urllib.parse.urlsplit(address).port, open_port, tls_port) as trusted,
        ):
            yield public, trusted, open_port


@pytest.fixture(scope="module")
def leader(behind) -> socket.Visitor:
    """Somebody who signed in through the proxy."""
    return socket.Visitor(behind[0], trusted=behind[1]).sign_in("leader@x.org")


def test_a_page_works_through_it_and_strangers_see_the_sign_in(behind, leader):
    with leader.session() as session:
        assert "heading" in {element.WhichOneof("type") for element in session.run("frequency").elements}
    with socket.Visitor(behind[0], trusted=behind[1]).session() as session:
        assert "Please sign in." in str(session.run("frequency").elements)


def test_headers_are_there_and_cookies_are_safe(leader):
    _, headers, _ = leader.get("/")
    assert all(headers[name] for name in HEADERS)
    assert leader.flags["_streamlit_user"] >= {"secure", "httponly"}


def test_what_comes_without_tls_is_sent_to_it(behind):
    line = http.client.HTTPConnection("localhost", behind[2], timeout=10)
    line.request("GET", "/families?year=2024-25")
    answer = line.getresponse()
    assert answer.status == 301 and answer.headers["Location"] == "https://localhost/families?year=2024-25"


def test_a_body_over_the_limit_is_refused(leader):
    assert leader.get("/families", method="POST", data=b"x" * (2 << 20))[0] == 413
    too_long = {"Content-Length": str(201 << 20), "Content-Type": "text/csv"}
    assert leader.get("/_stcore/upload_file/a/b", too_long, "PUT", b"")[0] == 413


def test_what_a_browser_claims_of_itself_means_nothing(behind):
    stranger = socket.Visitor(behind[0], trusted=behind[1])
    stranger.claims = {
        "X-Forwarded-Email": "leader@x.org", "X-Forwarded-User": "leader@x.org", "X-Forwarded-For": "127.0.0.1",
        "X-Role": "district", "X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1",
    }  # fmt: skip
    with stranger.session() as session:
        assert "Please sign in." in str(session.run("families").elements)
        assert stranger.get(f"/_stcore/upload_file/{session.id}/f", stranger.claims, "PUT", b"x")[0] == 403


def test_the_server_s_own_counts_are_not_served(leader):
    assert leader.get("/_stcore/metrics")[0] == leader.get("/_stcore/agent/interact")[0] == 404


def test_too_many_requests_are_refused(behind):
    hasty = socket.Visitor(behind[0], trusted=behind[1])
    answers = [hasty.get("/_stcore/upload_file/a/b", method="PUT", data=b"x")[0] for _ in range(30)]
    assert set(answers) == {403, 503} and answers.count(503) >= 5
