"""National context beside the district's numbers: what parents told a survey, in its own chart and words.

Refuses to draw a national figure as a line or target in a chart of the district's numbers: a survey answer
about a whole year and a logged contact are different things.
"""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analytics import national
from analytics.figures.template import blank, colours, finish

ITEMS = {"conference": "Conference", "event": "Event", "notes": "Notes", "phone": "Phoned"}
TITLE = "In the United States conferences fall most with grade, notes less, phone calls hardly"


def by_grades(mode: str = "light") -> go.Figure:
    """Four survey questions side by side, per cent by grades, all on one scale."""
    look = colours(mode)
    base = blank(mode, height=224)
    figure = make_subplots(cols=len(ITEMS), shared_yaxes=True, horizontal_spacing=0.03)
    figure.update_layout(base.layout)
    figure.update_xaxes(base.layout.xaxis.to_plotly_json())
    figure.update_yaxes(base.layout.yaxis.to_plotly_json())
    notes = []
    for place, (item, name) in enumerate(ITEMS.items(), start=1):
        figures = national.by_band(item)
        figure.add_bar(
            x=figures["percent"] / 100,
            y=figures["grades"],
            orientation="h",
            marker={"color": [look.bands[band] for band in figures["band"]]},
            text=[f"{percent:.0f}" for percent in figures["percent"]],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12},
            hovertemplate=f"{name}, grades %{{y}}: %{{x:.0%}}<extra></extra>",
            row=1,
            col=place,
        )
        figure.add_annotation(
            text=f"{name}<br>{figures['year'].iloc[0]}", align="left",
            x=0, y=1, yref="paper", xref=f"x{place if place > 1 else ''}",
            xanchor="left", yanchor="bottom", yshift=4, showarrow=False, font={"size": 12, "color": look.quiet},
        )  # fmt: skip
        notes.append(national.sentence(figures))
    figure.update_xaxes(range=[0, 1.3], showgrid=False, showticklabels=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, type="category")
    figure.update_layout(margin_t=48)
    subtitle = "Context, not a target: per cent of students whose parents said so in a national survey, by grades"
    return finish(figure, TITLE, subtitle, f"{TITLE}. {subtitle}", (national.WHY_DIFFERENT, national.SUPPLY, *notes))


def table() -> pd.DataFrame:
    """The figures of the chart with their sources."""
    return pd.concat([national.by_band(item) for item in ITEMS], ignore_index=True)
