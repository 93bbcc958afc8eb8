"""Pages under a sign-in without a server: what a provider says of somebody, and a page as they open it."""

import time

from streamlit.testing.v1 import AppTest

from data.home import PROJECT

AUTH = {"auth": {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": "x" * 32}}


def claims(email: str, **changed) -> dict:
    """What a provider says of somebody who signed in a minute ago."""
    return {"is_logged_in": True, "iss": "https://id.example", "sub": email, "iat": time.time() - 60,
            "email": email, "email_verified": True, **changed}  # fmt: skip


def visit(page: str, user: dict | None, direct: bool = True, query: dict | None = None, state: dict | None = None):
    """A page as somebody opens it, with whatever address and session keys; `user` None is logged out.

    `direct`: requested without the router.
    """
    entry = PROJECT / "pages" / f"{page}.py" if direct else PROJECT / "dashboard.py"
    test = AppTest.from_file(str(entry), default_timeout=60)
    test.secrets.update(AUTH)
    test.user = user or {"is_logged_in": False}
    for key, value in (query or {}).items():
        test.query_params[key] = value
    for key, value in (state or {}).items():
        test.session_state[key] = value
    test.run()
    return test if direct else test.switch_page(f"pages/{page}.py").run()
