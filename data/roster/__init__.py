"""Rosters: cleaned cells -> roster rows -> schools, students and spans. Knows no contact and no measure.

rows        cleaned cells of a roster -> rows for `roster_row`, and the problems: `prepare`
names       a name as text -> its words
years       school years and dates out of texts, titles and file names
oneroster   a OneRoster 1.1 or 1.2 workbook -> the cells that `prepare` takes: `oneroster.read`
dates       the school year, entry and exit of each row
status      which rows are of students who are not here
conflicts   rows that cannot all be so: two grades, or two schools, from one day
problems    what can be wrong with a row, in words
formats     lists of schools in exports of several files
tables      all rosters in force -> school, student, enrollment: `rebuild`
spans       how rows become spans
closing     which rosters are full, and whom they leave out
corrections entry dates that a later roster corrects
effect      what a planned roster would change: `changes`
schools     which school a text means
"""

from data.roster.effect import Changes, SchoolRoster, changes
from data.roster.rows import Prepared, RosterFile, prepare
from data.roster.tables import rebuild

__all__ = ["Changes", "Prepared", "RosterFile", "SchoolRoster", "changes", "prepare", "rebuild"]
