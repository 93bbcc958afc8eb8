"""Every figure that a test here draws is checked by Plotly."""

import plotly.graph_objects as go
import pytest

from analytics.figures.draft import Draft


@pytest.fixture(autouse=True)
def plotly_knows_every_word(monkeypatch):
    """Nobody checks a figure while it is made (`analytics.figures.draft`): here Plotly does, and raises ValueError."""
    made = Draft.done

    def checked(draft):
        figure = made(draft)
        go.Figure(figure.to_dict())
        return figure

    monkeypatch.setattr(Draft, "done", checked)
