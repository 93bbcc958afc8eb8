"""A sign-in provider on this machine and the program signed in through it, for the hostile tests."""

import json
import os
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
from contextlib import contextmanager

from tests.support import browser

WHY = "oidc-provider-mock is not installed (requirements-dev.txt)"

SECRETS = """
[auth]
redirect_uri = "{public}/oauth2callback"
cookie_secret = "a secret of the tests, of more than 32 letters"
client_id = "both-ways"
client_secret = "not a secret"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
client_kwargs = {{ "scope" = "openid profile email", "prompt" = "login" }}
"""


def installed() -> str | None:
    """The provider's program, beside this Python or on the path."""
    beside = os.path.join(os.path.dirname(sys.executable), "oidc-provider-mock")
    return beside if os.path.exists(beside) else shutil.which("oidc-provider-mock")


@contextmanager
def provider():
    """The port of a running provider."""
    port = browser.free_port()
    server = subprocess.Popen([installed(), "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        browser._wait_for(f"http://localhost:{port}/.well-known/openid-configuration", server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def knows(port: int, email: str, **claims):
    """Let the provider vouch for somebody."""
    said = {"email": email, "email_verified": True, **claims}
    request = urllib.request.Request(
        f"http://localhost:{port}/users/{urllib.parse.quote(email, safe='')}",
        json.dumps(said).encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.urlopen(request, timeout=10).close()


@contextmanager
def signed_in_program(home, provider_port: int, public: str = ""):
    """The address (on localhost) of the program with its sign-in set up; `public` is what a proxy shows instead."""
    port = browser.free_port()
    public = public or f"http://localhost:{port}"
    secrets = home / "secrets.toml"
    secrets.write_text(SECRETS.format(public=public, provider=provider_port), encoding="utf-8")
    with browser.running(home, "--secrets.files", str(secrets), port=port) as address:
        yield address.replace("127.0.0.1", "localhost")


def sign_in(opened, address: str, email: str, page: str = ""):
    """Sign in as somebody, as a person would."""
    opened.goto(f"{address}/{page}")
    opened.get_by_role("button", name="Sign in").click()
    opened.wait_for_url("**/oauth2/authorize**")
    opened.get_by_placeholder("sub").fill(email)
    opened.get_by_role("button", name="Authorize").click()
    opened.wait_for_url(f"{address}/**")
