"""Charts: pure functions from an answer to a Plotly figure.

    answer = ask(store, viewer, Question("contact_rate", by=("month", "band")))
    figure = months.by_month(answer, mode="dark")

A figure brings everything that a page prints around it, so that a chart and its words cannot drift apart:
`template.said(figure)` tells `title` (the finding where there is one, else the question), `subtitle` (measure and
unit), `alt` (the same for a reader who does not see it) and `notes`.

Owns the template, the colours and the findings' sentences. Refuses to read a store, to know Streamlit, and to
draw anything that is not in the answer's table.

    draft       a figure in the making, plain and unchecked; becomes Plotly's at the end
    template    colours of bands, light and dark; `finish` puts the words on a figure
    room        margins as wide as the words of the axes
    words       numbers, months, bands and cuts as a person says them; printed: tables of them; names: schools', cut to
                fit
    headlines   the sentence a page opens with
    findings    the sentence a chart opens with; school_findings and grade_findings of schools, and of what changes
                with grade
    months      over time
    lines       grade by grade, days to reply
    points      schools, drop-off, two groups, a funnel: dots with their intervals
    bars        contacts per family, channels, two reply rates side by side
    heat        school by month, grade by month
"""
