"""A figure in the making: plain dictionaries in the words of Plotly, which become a Plotly figure at the end.

Plotly checks each part of a figure each time that it is touched; that took most of the time of drawing. A draft is
checked by nobody while it is made, and the tests have Plotly check every finished figure. Owns the few ways in which
figures here are made, and that what they hold is plain: lists, texts, numbers. Refuses to know what is drawn.
"""

import hashlib
import pickle
from copy import deepcopy

import numpy as np
import pandas as pd
import plotly.graph_objects as go


class Draft:
    """Traces and layout of one figure. `add_` and `update_` read as those of a Plotly figure do, and can be chained."""

    def __init__(self, layout: dict, columns: int = 1):
        self.traces: list[dict] = []
        self.layout = layout
        self._columns = columns

    def copy(self) -> "Draft":
        """A draft with nothing drawn and a layout of its own."""
        return Draft(deepcopy(self.layout), self._columns)

    def done(self) -> go.Figure:
        """The figure."""
        revision = hashlib.sha256(pickle.dumps(self.traces, protocol=5)).hexdigest()[:12]
        return figure_of({"data": self.traces, "layout": {**self.layout, "datarevision": revision}})

    def add_scatter(self, *, row: int = 1, col: int = 1, **properties) -> "Draft":
        """Add lines or marks to a panel."""
        self._add("scatter", row, col, properties)
        return self

    def add_bar(self, *, row: int = 1, col: int = 1, **properties) -> "Draft":
        """Add bars to a panel."""
        self._add("bar", row, col, properties)
        return self

    def add_heatmap(self, **properties) -> "Draft":
        """Add a table of coloured cells."""
        self._add("heatmap", 1, 1, properties)
        return self

    def add_annotation(self, **properties) -> "Draft":
        """Add words at a place of the first panel, or of what `xref` and `yref` name."""
        self.layout.setdefault("annotations", []).append(plain(properties))
        return self

    def add_shapes(self, shapes: list[dict]) -> "Draft":
        """Add lines and shaded stretches."""
        if shapes:
            self.layout.setdefault("shapes", []).extend(plain(shapes))
        return self

    def update_xaxes(self, properties: dict | None = None, *, row: int | None = None, **more) -> "Draft":
        """Set what level axes have, of all panels or of one row of them."""
        self._update("x", row, {**(properties or {}), **more})
        return self

    def update_yaxes(self, properties: dict | None = None, *, row: int | None = None, **more) -> "Draft":
        """Set what upright axes have, of all panels or of one row of them."""
        self._update("y", row, {**(properties or {}), **more})
        return self

    def update_layout(self, **properties) -> "Draft":
        """Set what the figure as a whole has."""
        merge(self.layout, properties)
        return self

    def axes(self, which: str) -> dict[str, dict]:
        """The axes of a kind, "x" or "y", by the name that traces use: x, x2 and so on."""
        start = f"{which}axis"
        return {name.replace("axis", ""): axis for name, axis in self.layout.items() if name.startswith(start)}

    def panel(self, row: int, col: int) -> tuple[dict, dict]:
        """The two axes of a panel; rows and columns count from 1."""
        number = self._number(row, col)
        return self.layout[f"xaxis{number}"], self.layout[f"yaxis{number}"]

    def _number(self, row: int, col: int) -> str:
        place = (row - 1) * self._columns + col
        return "" if place == 1 else str(place)

    def _add(self, kind: str, row: int, col: int, properties: dict):
        number = self._number(row, col)
        panel = {"xaxis": f"x{number}", "yaxis": f"y{number}"} if "xaxis2" in self.layout else {}
        self.traces.append({"type": kind, **panel, **plain(properties)})

    def _update(self, which: str, row: int | None, properties: dict):
        for name, axis in self.axes(which).items():
            if row is None or (int(name[1:] or 1) - 1) // self._columns == row - 1:
                merge(axis, properties)


def figure_of(parts: dict) -> go.Figure:
    """The figure of a draft's traces and layout, which a browser draws once.

    Streamlit gives Plotly a copy of everything again as soon as a chart stands. Plotly then draws all of it a second
    time, unless the layout says that these are the same data (`datarevision`) and holds nothing that is compared as a
    whole: no template, not even an empty one, and under `meta` no more than a text.
    """
    figure = go.Figure(parts, _validate=False)
    figure.layout.template = None
    return figure


def merge(into: dict, properties: dict):
    """Set properties; a name like `title_text` is `text` of `title`, and what else stands there stays."""
    for name, value in properties.items():
        whole, _, part = name.partition("_")
        if part:
            value, name = {part: value}, whole
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            merge(into[name], value)
        elif isinstance(value, dict):
            merge(into.setdefault(name, {}), value)
        else:
            into[name] = plain(value)


def plain(value):
    """A value as lists, texts and numbers; what is missing is None."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items() if part is not None}
    if isinstance(value, pd.DataFrame):
        return plain(value.to_numpy().tolist())
    if isinstance(value, pd.Series | np.ndarray | pd.Index):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if isinstance(value, np.generic):
        return plain(value.item())
    return None if value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value) else value
