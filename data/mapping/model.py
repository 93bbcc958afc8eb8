"""The records that the mapping room hands out. They hold headers, choices and vocabulary, never a student.

`Mapping` is what a preview shows, what a person changes and what is remembered. Its JSON form carries
headers, choices and the words of vocabulary columns only: no name, no id, no note ever gets into it.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class TableShape:
    """Where the table of a sheet is. Rows are numbered as the spreadsheet shows them, from 1.

    `headers[i]` belongs to the sheet's column "c{i}"; they are unique and never empty ("Column C" where the
    file has none). `skip_rows` are rows between the first data row and the end that are no data: blank
    ones, repeated headers, totals, footers. `student_from_tab` is the student's name where each tab
    is a student. `above` holds labelled words from the title rows ({"school": ..., "student_name": ...}), `titles`
    all their texts. `blocks` are (first row, `above` of it) of further tables of this kind below titles of their own.
    """

    header_row: int
    headers: list[str]
    first_data_row: int
    skip_rows: frozenset[int] = frozenset()
    student_from_tab: str | None = None
    above: dict[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    blocks: tuple[tuple[int, dict[str, str]], ...] = ()
    days: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table: its header and what its values look like.

    `top` are the most frequent texts with their counts, `sample` distinct texts from the whole column,
    `date_texts` (only where the sample looks like dates) all distinct texts, times cut off, with counts.
    """

    index: int
    header: str
    filled: int
    total: int
    top: list[tuple[str, int]]
    sample: list[str]
    distinct: int = 0
    date_texts: list[tuple[str, int]] = field(default_factory=list)

    @property
    def seen(self) -> set[str]:
        """The texts that were looked at."""
        return {*self.sample, *(text for text, _ in self.top)}


@dataclass
class Choice:
    """The column that a field is read from. `column` is None where a constant or the tab's name is used.

    source: 'guess', 'person', 'remembered', 'constant', 'tab'.
    """

    column: int | None
    header: str
    score: float
    reason: str
    source: str = "guess"


@dataclass
class DateChoice:
    """How the texts of a date column are read: one order for the whole column.

    order 'mdy', 'dmy' or 'ymd'; `formats` are strptime formats that read (nearly) all texts, for a fast
    path; empty where each distinct text needs `interpret_dates` (zones, serial numbers, no year).
    `zone`: the zone that times with an offset are brought to, None where the texts carry none.
    `time_column`: the header of a time column beside it; `afternoon`: its hours from 1 to 5 are. `otherwise`: the
    header of the column whose day counts where this one is blank. `school_year`
    supplies the year where texts have none. `sentence` says the order and the evidence. `swapped`: a text of those that
    tell that day and month of the others may be swapped.
    """

    order: str = "mdy"
    formats: list[str] = field(default_factory=list)
    has_time: bool = False
    time_column: str | None = None
    otherwise: str | None = None
    afternoon: bool = False
    no_year: bool = False
    school_year: str | None = None
    zone: str | None = None
    from_utc: bool = False
    sentence: str = ""
    ambiguous: bool = False
    swapped: str = ""


@dataclass
class Derived:
    """A field that is read out of other columns. `how` names the rule, `sentence` says it in words."""

    how: str
    headers: list[str]
    sentence: str


@dataclass(frozen=True)
class Question:
    """Something that must be asked and not guessed. `field` is what the answer is for."""

    code: str
    sentence: str
    options: list[str]
    field: str | None = None


@dataclass(frozen=True)
class Reading:
    """What one text means. `problem` is a code of `data.mapping.problems`, None where all is well.

    `offer` is the nearest known word where the text is unknown: offered, never taken by itself.
    """

    value: object = None
    problem: str | None = None
    offer: str | None = None


@dataclass(frozen=True)
class DateReading:
    """What one date text means: `value` in district time, `has_time` False for a date alone or midnight."""

    value: datetime | None = None
    has_time: bool = False
    problem: str | None = None


@dataclass
class Mapping:
    """What is made of a table's columns. See the module docstring for what its JSON leaves out."""

    kind: str = "contacts"
    fields: dict[str, Choice] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    dates: dict[str, DateChoice] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    not_stored: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    signature: str = ""

    @property
    def date(self) -> DateChoice | None:
        """The order of the main date column: the contact date, or the entry date of a roster."""
        return self.dates.get("contact_date") or self.dates.get("entry_date") or self.dates.get("exit_date")

    def header_of(self, name: str) -> str | None:
        """The header that a field is read from, or None."""
        choice = self.fields.get(name)
        return choice.header if choice and choice.column is not None else None

    def to_json(self) -> dict:
        """A dict for json.dumps. Constants and value words that could name a student are not in it."""
        kept = asdict(self)
        kept["constants"] = {name: value for name, value in self.constants.items() if name not in NAMING_FIELDS}
        return kept

    @classmethod
    def from_json(cls, kept: dict) -> "Mapping":
        """The mapping that `to_json` wrote."""
        return cls(
            **{
                **kept,
                "fields": {name: Choice(**choice) for name, choice in kept["fields"].items()},
                "dates": {name: DateChoice(**choice) for name, choice in kept["dates"].items()},
                "derived": {name: Derived(**how) for name, how in kept["derived"].items()},
                "questions": [Question(**question) for question in kept["questions"]],
            }
        )


# Fields whose values point at a person: their values never enter a mapping.
NAMING_FIELDS = frozenset(
    {"student_id", "student_name", "first_name", "middle_name", "last_name", "name_suffix", "staff", "record_id"}
)
