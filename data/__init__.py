"""Spreadsheet to clean rows. Knows no measure, no Streamlit, no Plotly.

errors      refusals: a code and a sentence
home        where the files live on this machine
settings    the settings of a store and their defaults
schoolyear  school years and day numbers
scratch     the folder for what is needed for minutes
alive       which processes that share the home still run, so that nobody sweeps what they use
store       one cursor a query, one writer, the store's version
opening     the store's file, opened hardened
small_tables  grade bands, the reply rule and the calendar, which the facts' SQL joins
priority    DuckDB's threads come after those that answer people
migrations  the tables, as named steps
readers     file bytes -> sheets of cells as they are, with row numbers
mapping     headers and values -> fields, with vocabulary files
matching    names -> students of the roster
load        plan(file) -> preview; commit(preview) -> upload; undo(upload)
derive      the facts: runs the SQL of analytics/facts for the students that were touched
check       invariants and digests; backup
demo        a synthetic district with planted truths
"""
