"""File bytes to sheets of cells as they are. Knows no field, no vocabulary, no store.

    from data.readers import read
    workbooks = read(path, "log.xlsx")

Every file is parsed in a child process with limits on memory and time, because a crafted or merely
unlucky spreadsheet can end the process that parses it. What comes back is text with row numbers;
meaning is given later, by `data.mapping`.

workbook    what comes back: Workbook, Sheet, Notice
parent      `read`: starts the child, shows its progress, takes over its tables
child       the process that parses; handover is the format between the two, texts the codes of columns in it
kinds       what a file is, by its content
spreadsheet xlsx, xls, xlsb, ods; packed guards what is zipped; cells turns values into text; unseen tells hidden rows
            and columns, struck rows with a line through them
delimited   csv, tsv, txt; decoding, delimiter and records beneath it
web_table   HTML tables that were saved as .xls
archive     a zip of files; oneroster a zip or folder of OneRoster files
refusals    every code with its sentence; limits the figures
"""

from data.readers.parent import read
from data.readers.workbook import Notice, Sheet, Workbook

__all__ = ["Notice", "Sheet", "Workbook", "read"]
