"""What the screens share; beside `pages/` the only place that imports Streamlit.

    frame     the browser's tab: title, local icon, layout
    router    which pages there are, for whom; runs the one that was asked for
    gate      a page's first statement: who asks, and may they be here
    stores    which store is open: the district's own, or the sample district
    filters   the sidebar's filters, in the address, checked again on the server
    asked     what each page asks, for the page itself and for working it out before
    next_pages  the pages that may be opened next, worked out in quiet moments
    cache     answers kept by store version, viewer and question
    show      headline, tiles, chart blocks with table, CSV and definition
    tables    tables as people read them, with their CSV
    export    CSV and workbooks in which nothing is a live formula
    words     the sentences around the numbers

Refuses SQL and arithmetic: those are in `analytics/`.
"""
