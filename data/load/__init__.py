"""From a file to the store: plan, look, commit; and back again.

    previews = plan(store, path, "log.xlsx", "me")      what would happen: counts, problems, first rows, questions
    upload = commit(store, previews[0], "me")           one transaction
    undo(store, upload.upload_id, "me")                 as if it had never been loaded

plan       reads, maps, cleans, matches, compares          commit     writes, all or nothing
tables     the tables of a workbook                        undo       takes an upload back
mapped     which tables, how each column is read           twins      what two tools both logged
meaning    distinct texts -> meanings, joined back         refresh    what is derived, after a change
dates      date columns                                    rows       which rows are the same contact
contacts   the rows of a log                               place      whose rows, and what is there already
rosters    the rows of a roster                            schools    which school logged a contact
problems   sentences                                       uploads    the history
checks     refusals of a whole file                        hold       questions before a commit
set_aside  the rows that wait, as a workbook               remembering, matches   what people decided
allow      whose rows a person may load                zeros      ids that lost their leading zeros
noticed    what a person should know beforehand
together   files of one export, one by one               tab_schools   a sheet for each school
same_names students who are there already under another number
tab_grades a sheet for each grade, or of one             tab_ways   a sheet for calls, one for e-mails
leavers    who left by a column that is no field
"""

from data.load.choices import Choices
from data.load.commit import commit
from data.load.plan import plan, plan_workbooks
from data.load.preview import Preview, ProblemGroup, SheetPlan, Upload
from data.load.refresh import rebuild
from data.load.set_aside import set_aside_rows, set_aside_workbook
from data.load.undo import undo
from data.load.uploads import uploads

__all__ = [
    "Choices",
    "Preview",
    "ProblemGroup",
    "SheetPlan",
    "Upload",
    "commit",
    "plan",
    "plan_workbooks",
    "rebuild",
    "set_aside_rows",
    "set_aside_workbook",
    "undo",
    "uploads",
]
