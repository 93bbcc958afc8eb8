"""Times of a column of which some say a.m. or p.m. and others, of one to six o'clock, do not."""

import re

from data.mapping.dates import read_time

_SAYS = re.compile(r"\d\s*[ap]\.?\s?(m\b|\b)", re.I)
_NIGHT = range(3600, 6 * 3600)


def at_night_as_written(texts: set[str]) -> str:
    """What is said of times such as "1:15" beside "3:15 PM", which are read as they are written; "" where none is."""
    if not any(_SAYS.search(text) for text in texts):
        return ""
    seconds = {text: read_time(text).value for text in texts if not _SAYS.search(text)}
    found = sorted(text for text, second in seconds.items() if second in _NIGHT)
    if not found or any(second and second >= 13 * 3600 for second in seconds.values()):
        return ""
    return (
        f" Times such as {found[0]} do not say a.m. or p.m., as others of their column do, and are read as written, "
        "before six in the morning: write p.m. where they are of the afternoon."
    )
