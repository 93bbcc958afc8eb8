"""From the claims of an identity provider to a viewer, or to the sentence that denies.

The sign-in cookie lives 30 days, works after a logout and does not know that somebody was taken out, so
nothing here trusts its age: a sign-in counts for 12 hours from the token's `iat`, and not at all when it
began before the person's sign-ins were revoked. Of the claims only issuer, subject, time and a verified
e-mail address are read; groups and roles in them mean nothing here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from time import time

from access.directory import Directory
from access.viewer import Viewer

LONGEST_HOURS = 12
ENTRA = "https://login.microsoftonline.com/"
CLOCK_SKEW = 300  # seconds that the provider's clock may be ahead of ours


@dataclass(frozen=True)
class Denied:
    """No page. `again`: a fresh sign-in may help."""

    sentence: str
    again: bool


EXPIRED = Denied(f"Your sign-in is more than {LONGEST_HOURS} hours old. Please sign in again.", True)
ENDED = Denied("Your sign-in was ended. Please sign in again.", True)
UNVERIFIED = Denied(
    "Your e-mail address is not verified by your sign-in service. Ask your district's IT office.", False
)
UNKNOWN = Denied(
    "You are signed in, but nobody has given you access to Both Ways yet. Ask your district's office.", False
)


def viewer_of(claims: Mapping, directory: Directory, now: float | None = None) -> Viewer | Denied:
    """The viewer behind the claims of a sign-in (iss, sub, iat, email, email_verified)."""
    now = time() if now is None else now
    issuer, subject = _text(claims, "iss"), _text(claims, "sub")
    began = claims.get("iat")
    if not issuer or not subject or not isinstance(began, int | float) or isinstance(began, bool):
        return ENDED
    if not -CLOCK_SKEW <= now - began <= LONGEST_HOURS * 3600:
        return EXPIRED
    person = directory.of_identity(issuer, subject)
    if person is None:
        if not _verified(claims, issuer):
            return UNVERIFIED
        person = directory.find(_text(claims, "email"))
        # An address that was bound to another identity is not this one's, whoever holds it now.
        if person is None or person.issuer is not None:
            return UNKNOWN
    if began < person.revoked_before:
        return ENDED
    if person.issuer is None:
        directory.bind(person.email, issuer, subject)
    return person.viewer()


def _verified(claims: Mapping, issuer: str) -> bool:
    """Does the provider vouch for the address? Entra says it in a claim of its own (`xms_edov`), true or 1."""
    if claims.get("email_verified") is True:
        return True
    return issuer.startswith(ENTRA) and claims.get("xms_edov") in (True, "1", "true")


def _text(claims: Mapping, name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""
