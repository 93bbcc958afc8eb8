"""The preview: what a load would do, before anything durable. It answers questions and changes nothing.

A preview owns the scratch cursor whose temporary tables hold the cleaned rows, so that a commit need not
read the file again. Close it when it is committed or given up.
"""

from dataclasses import dataclass, field

import pandas as pd

from data.load.choices import Choices
from data.load.set_aside import as_said

COUNTS = (
    "rows_read",
    "rows_new",
    "rows_duplicate",
    "rows_changed",
    "rows_set_aside",
    "rows_unmatched",
    "rows_not_family",
    "rows_left_out",
)


@dataclass(frozen=True)
class SheetPlan:
    """One table of the file: where its header is and what was made of its columns.

    samples  each header of the file with some of the texts below it
    unknown  field -> [(text, rows, nearest value or None)] that no vocabulary has
    """

    sheet: str
    header_row: int
    mapping: object
    rows_read: int
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: dict[str, list[tuple]] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        """Each field with the header of its column, for those that have one."""
        return {name: choice.header for name, choice in self.mapping.fields.items() if choice.column is not None}


@dataclass(frozen=True)
class ProblemGroup:
    """All rows with one kind of problem. `sets_aside`: those rows wait until they are mended."""

    code: str
    field: str
    count: int
    sets_aside: bool
    sentence: str
    examples: tuple[str, ...]
    offer: str | None = None


@dataclass(frozen=True)
class Upload:
    """What a load did. `already` is the sentence about who loaded these bytes before, else None."""

    upload_id: int
    counts: dict[str, int]
    already: str | None = None


@dataclass
class Preview:
    """What would be stored of one workbook. `counts` has the names of `COUNTS`; see `data.load.plan`.

    hold       questions that must be answered before a commit
    questions  what the mapping would like to know; it goes on with its best reading
    changes    of a roster: how many students are new, changed, closed
    schools    of a roster: how it stands to those who are at each school now (`roster.SchoolRoster`)
    districts  of a roster: the question whether its districts are to be loaded as one (`data.load.districts`)
    old_entries  of a roster: rows of students who entered in earlier years and are read as gone since
    moved_entries  of a roster: students whose entry it moves to a later day
    namesakes  of a roster: its students who seem to be there under another number (`data.load.same_names.find`)
    other_names  of a roster: its students who have the number of one by another name (`data.load.same_numbers.find`)
    renamed    of a roster: its schools that have the code of one by another name (`data.load.renamed.find`)
    remembered what was remembered for these headers and is used here
    already    the earlier upload of the same bytes, where there is one: a commit changes nothing
    allowed_schools  the schools whose rows may be loaded; rows of others are set aside. None: all
    """

    cursor: object
    file_name: str
    sha256: str
    kind: str
    district: str
    school: str | None
    choices: Choices
    signature: str
    sheets: list[SheetPlan]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    problem_groups: list[ProblemGroup] = field(default_factory=list)
    first_rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    offers: pd.DataFrame = field(default_factory=pd.DataFrame)
    notices: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    hold: list = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    schools: list = field(default_factory=list)
    remembered: Choices = field(default_factory=Choices)
    not_stored: list[str] = field(default_factory=list)
    already: Upload | None = None
    store_version: int = -1
    full_roster: bool | None = None
    roster_date: object = None
    districts: object = None
    old_entries: int = 0
    moved_entries: int = 0
    namesakes: list[tuple] = field(default_factory=list)
    other_names: tuple[list, int] = ((), 0)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    allowed_schools: tuple[str, ...] | None = None

    def problems(self, limit: int | None = None) -> list[dict]:
        """Every problem: code, field, value, sheet, row as the spreadsheet shows it, and what to do."""
        ending = "" if limit is None else f" LIMIT {int(limit)}"
        names = ("code", "field", "value", "sheet", "row", "message")
        found = self.cursor.execute(
            'SELECT code, field, value, sheet, "row", message FROM all_problems '
            f'ORDER BY sheet_no, "row", field{ending}'
        ).fetchall()
        return [dict(zip(names, problem, strict=True)) for problem in found]

    def set_aside(self) -> list[tuple]:
        """The rows that wait: (sheet, row, cells as JSON, the reasons in words), in the file's order."""
        rows = self.cursor.execute(
            'SELECT sheet, "row", cells, reason FROM set_aside ORDER BY sheet_no, "row"'
        ).fetchall()
        return as_said(rows, self.school, self.mappings)

    @property
    def mappings(self) -> list[dict]:
        """How each sheet is read, as it is kept with the upload."""
        return [{"sheet": plan.sheet, **plan.mapping.to_json()} for plan in self.sheets if plan.mapping]

    def close(self):
        """Let go of the cleaned rows."""
        self.cursor.close()
