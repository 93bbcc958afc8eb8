"""National context beside the district's numbers: what parents told a survey, in its own chart and words.

Refuses to draw a national figure as a line or target in a chart of the district's numbers: a survey answer
about a whole year and a logged contact are different things.
"""

import pandas as pd
import plotly.graph_objects as go

from analytics import national
from analytics.figures.template import colours, finish, panel_name, panels

ITEMS = {"conference": "Conference", "event": "Event", "notes": "Notes", "phone": "Phoned"}
TITLE = "In the United States conferences fall most with grade, notes less, phone calls hardly"


def by_grades(mode: str = "light") -> go.Figure:
    """Four survey questions side by side, per cent by grades, all on one scale."""
    look = colours(mode)
    figure = panels(mode, len(ITEMS), height=224)
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
        panel_name(figure, place, f"{name}<br>{figures['year'].iloc[0]}", look.quiet)
        notes.append(national.sentence(figures))
    figure.update_xaxes(range=[0, 1.3])
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(margin_t=48)
    subtitle = "Context, not a target: per cent of students whose parents said so in a national survey, by grades"
    return finish(figure, TITLE, subtitle, f"{TITLE}. {subtitle}", (national.WHY_DIFFERENT, national.SUPPLY, *notes))


def table() -> pd.DataFrame:
    """The figures of the chart with their sources."""
    return pd.concat([national.by_band(item) for item in ITEMS], ignore_index=True)
