"""Panels side by side on one axis: one plot for Plotly, which it draws in a third of the time of so many plots.

Each panel is one unit wide on the level axis. Owns where a value of a panel lies there, and that nothing leaves its
panel. Refuses to draw.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.figures.draft import Draft

BETWEEN = 0.17  # of a panel's width


@dataclass(frozen=True)
class Strip:
    """So many panels, all on a scale from `low` to `high`."""

    count: int
    low: float
    high: float

    def at(self, panel: int, value: float) -> float:
        """Where a value of a panel (the first is 0) lies; what leaves the scale lies at its end."""
        inside = min(max(value, self.low), self.high)
        return panel * (1 + BETWEEN) + (inside - self.low) / (self.high - self.low)

    def holds(self, value: float) -> bool:
        """Does the scale reach to a value?"""
        return self.low <= value <= self.high

    def axis(self, panels: int, values: Iterable[float] = (), texts: Iterable[str] = ()) -> dict:
        """What the level axis needs: its range, and the ticks of the first so many panels."""
        shown = [(value, text) for value, text in zip(values, texts, strict=True) if self.holds(value)]
        return {
            "range": [0, self.count + (self.count - 1) * BETWEEN],
            "tickvals": [self.at(panel, value) for panel in range(panels) for value, _ in shown],
            "ticktext": [text for _, text in shown] * panels,
            "showticklabels": bool(shown),
            "showline": False,
        }

    def edges(self, figure: Draft, row: int, panels: int, colour: str):
        """Draw the left and the lower edge of the first so many panels; the axis' own lines would join them."""
        number = "" if row == 1 else str(row)
        for panel in range(panels):
            left, right = self.at(panel, self.low), self.at(panel, self.high)
            shape = {"type": "line", "xref": f"x{number}", "yref": f"y{number} domain", "layer": "below",
                     "line": {"color": colour, "width": 1}, "x0": left, "y0": 0}  # fmt: skip
            figure.add_shapes([{**shape, "x1": left, "y1": 1}, {**shape, "x1": right, "y1": 0}])

    def name(self, figure: Draft, row: int, panel: int, text: str, colour: str):
        """Write a panel's name above it; rows count from 1."""
        number = "" if row == 1 else str(row)
        figure.add_annotation(
            text=text, x=self.at(panel, self.low), y=1, xref=f"x{number}", yref=f"y{number} domain", xanchor="left",
            yanchor="bottom", yshift=4, align="left", showarrow=False, font={"color": colour, "size": 12},
        )  # fmt: skip


def broken(pieces: Iterable[Iterable]) -> list:
    """Pieces of lines as one line with breaks, so that Plotly draws one trace for all."""
    line: list = []
    for piece in pieces:
        line += [*([None] if line else []), *piece]
    return line
