"""Room beside a plot for the words of its axes, so that Plotly need not draw a chart twice to find how much it takes.

Plotly's own `automargin` stays on: where the room turns out too small it draws again with more, and nothing is cut.
Widths are those of the page's font, rounded up. Owns the margins; refuses to touch a plot.
"""

from math import ceil

import numpy as np
import plotly.graph_objects as go

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


def make(figure: go.Figure) -> go.Figure:
    """Widen the margins of a figure as its axes' words need; those that are wider stay."""
    level, upright, now = _shown(figure.select_xaxes()), _shown(figure.select_yaxes()), figure.layout.margin
    above, below = (
        max((_height(axis) for axis in level if (axis.side == "top") is top), default=0) for top in (True, False)
    )
    words = {axis.plotly_name: _words(axis, figure) for axis in upright}
    figure.layout.margin = {
        "l": max(now.l, *(_beside(axis, words[axis.plotly_name], figure) for axis in upright), 0),
        "r": max(now.r, OVERHANG if any((axis.tickformat or "").endswith("%") for axis in level) else 0),
        "t": max(now.t, above, 0 if all(words.values()) else UPRIGHT),
        "b": max(now.b, below),
    }
    return figure


def width(text: str, size: float) -> float:
    """Pixels that the widest line of a text takes in a font of `size` pixels."""
    return max(size * sum(_WIDTH_OF.get(letter, USUAL) for letter in line) for line in str(text).split("<br>"))


def _shown(axes) -> list:
    return [axis for axis in axes if axis.visible is not False and axis.showticklabels is not False]


def _height(axis) -> int:
    """Pixels for the words of a level axis and its title."""
    ticks = [*(axis.ticktext if axis.ticktext is not None else ()), axis.tickformat or ""]
    lines = max(str(text).count("<br>") for text in ticks)
    return BELOW + LINE * lines + (TITLE if axis.title.text else 0)


def _beside(axis, words: list[str], figure: go.Figure) -> int:
    """Pixels for the words or numbers of an upright axis and its title."""
    texts = words or [_longest_number(axis, figure)]
    title = LINE if axis.title.text else 0
    return ceil(BESIDE + title + max(width(text, axis.tickfont.size) for text in texts))


def _words(axis, figure: go.Figure) -> list[str]:
    """The words on an upright axis; none where it has numbers."""
    if axis.ticktext is not None:
        return list(axis.ticktext)
    names = [name for values in _values(axis, figure) for name in values]
    if axis.type == "category" or any(isinstance(name, str) for name in names):
        return [str(name) for name in dict.fromkeys(names)]
    return []


def _longest_number(axis, figure: go.Figure) -> str:
    """The longest number that Plotly will write at some six ticks from zero to the highest value."""
    if (axis.tickformat or "").endswith("%"):
        return "100%"
    found = [np.asarray(values, float) for values in _values(axis, figure)]
    highest = max(axis.range or [np.nanmax(one) for one in found if np.isfinite(one).any()], default=0)
    return f"{highest:.0f}" if highest > 3 else "0.5" if highest > 0.3 else "0.05"


def _values(axis, figure: go.Figure) -> list:
    """Where the traces of an upright axis stand on it."""
    name = axis.plotly_name.replace("axis", "")
    return [trace.y for trace in figure.data if (trace.yaxis or "y") == name and trace.y is not None and len(trace.y)]
