"""Rosters: cleaned cells -> roster rows -> schools, students and spans. Knows no contact and no measure.

    rows        cleaned cells of a roster -> rows for `roster_row`, and the problems: `prepare`
    names       a name as text -> its words
    years       school years and dates out of texts, titles and file names
    oneroster   a OneRoster 1.1 or 1.2 workbook -> the cells that `prepare` takes: `oneroster.read`
    formats     what Clever, ParentSquare and School Data Sync files do in their own way
    tables      all rosters in force -> school, student, enrollment: `rebuild`
    spans       how rows become spans
    closing     which rosters are full, and whom they leave out
    effect      what a planned roster would change: `changes`
    schools     which school a text means
"""

from data.roster.effect import Changes, SchoolRoster, changes
from data.roster.rows import Prepared, RosterFile, prepare
from data.roster.tables import rebuild

__all__ = ["Changes", "Prepared", "RosterFile", "SchoolRoster", "changes", "prepare", "rebuild"]
