"""Text for the screens: names of schools, students and files are shown as they are, never as markdown."""

import re

ADDRESS = re.compile(r"(:/|www)(/|\.)", re.IGNORECASE)
# "(−34 to +10 %)": an interval in a headline, short enough to stand on one line of a phone.
INTERVAL = re.compile(r"\([+\N{MINUS SIGN}]?\d+ to [+\N{MINUS SIGN}]?\d+ %\)")


def plain(text: str) -> str:
    """Text in which no character is taken for markdown: names of schools and students are shown as they are.

    A number stays beside its per cent sign, and an interval in brackets on one line.
    """
    for sign in "\\`*_{}[]<>#|~$:":
        text = text.replace(sign, f"\\{sign}")
    text = INTERVAL.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    text = text.replace(" %", "\u00a0%")  # no line begins with a per cent sign
    # Bare addresses become links whatever is escaped; a joiner without width keeps them text.
    return ADDRESS.sub("\\1\u2060\\2", text)
