"""Room beside a plot for the words of its axes, so that Plotly need not draw a chart twice to find how much it takes.

Plotly's own `automargin` stays on: where the room turns out too small it draws again with more, and nothing is cut.
Widths are those of the page's font, rounded up. Owns the margins; refuses to touch a plot.
"""

from math import ceil

from analytics.figures.draft import Draft

# Widths of letters in parts of the font's size; whatever is not named is `USUAL`.
_WIDTHS = {
    0.27: " |',.:;ijIl",
    0.35: "!f()[]{}-t/\\r",
    0.51: '0123456789#$+<=>^_*?acegksvxyz"EFJLVY',
    0.67: "ABDGHKNOQRU\N{HORIZONTAL ELLIPSIS}",
    0.86: "mwMW@%",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
USUAL = 0.57
BESIDE = 15  # pixels between a word, the plot and the border of the chart
BELOW = 34  # pixels that one line of words takes below a plot
LINE = 17
TITLE = 14
UPRIGHT = 16  # half of the topmost number, where it stands at the plot's upper end
OVERHANG = 28  # half of "100%", where the last number stands at the right end


def make(figure: Draft):
    """Widen the margins of a figure as its axes' words need; those that are wider stay."""
    level, upright, now = _shown(figure.axes("x")), _shown(figure.axes("y")), figure.layout["margin"]
    above, below = (
        max((_height(axis) for axis in level.values() if (axis.get("side") == "top") is top), default=0)
        for top in (True, False)
    )
    words = {name: _words(name, axis, figure) for name, axis in upright.items()}
    figure.layout["margin"] = {
        "l": max(now["l"], *(_beside(name, axis, words[name], figure) for name, axis in upright.items()), 0),
        "r": max(now["r"], OVERHANG if any(_is_share(axis) for axis in level.values()) else 0),
        "t": max(now["t"], above, 0 if all(words.values()) else UPRIGHT),
        "b": max(now["b"], below),
    }


def width(text: str, size: float) -> float:
    """Pixels that the widest line of a text takes in a font of `size` pixels."""
    return max(size * sum(_WIDTH_OF.get(letter, USUAL) for letter in line) for line in str(text).split("<br>"))


def _shown(axes: dict[str, dict]) -> dict[str, dict]:
    return {name: axis for name, axis in axes.items()
            if axis.get("visible") is not False and axis.get("showticklabels") is not False}  # fmt: skip


def _is_share(axis: dict) -> bool:
    return axis.get("tickformat", "").endswith("%")


def _titled(axis: dict) -> bool:
    return bool(axis["title"].get("text"))


def _height(axis: dict) -> int:
    """Pixels for the words of a level axis and its title."""
    lines = max(str(text).count("<br>") for text in (*axis.get("ticktext", ()), axis.get("tickformat", "")))
    return BELOW + LINE * lines + (TITLE if _titled(axis) else 0)


def _beside(name: str, axis: dict, words: list[str], figure: Draft) -> int:
    """Pixels for the words or numbers of an upright axis and its title."""
    texts = words or [_longest_number(name, axis, figure)]
    title = LINE if _titled(axis) else 0
    return ceil(BESIDE + title + max(width(text, axis["tickfont"]["size"]) for text in texts))


def _words(name: str, axis: dict, figure: Draft) -> list[str]:
    """The words on an upright axis; none where it has numbers."""
    if "ticktext" in axis:
        return list(axis["ticktext"])
    names = [name for values in _values(name, figure) for name in values]
    if axis.get("type") == "category" or any(isinstance(name, str) for name in names):
        return [str(name) for name in dict.fromkeys(names)]
    return []


def _longest_number(name: str, axis: dict, figure: Draft) -> str:
    """The longest number that Plotly will write at some six ticks from zero to the highest value."""
    if _is_share(axis):
        return "100%"
    found = [value for values in _values(name, figure) for value in values if value is not None]
    highest = max(axis.get("range") or found, default=0)
    return f"{highest:.0f}" if highest > 3 else "0.5" if highest > 0.3 else "0.05"


def _values(name: str, figure: Draft) -> list[list]:
    """Where the traces of an upright axis stand on it."""
    return [trace["y"] for trace in figure.traces if trace.get("yaxis", "y") == name and trace.get("y")]
