"""What a person decided about a file: which column, which constant, which meaning. Never a student's name.

Choices come from the preview page, from the command line, or from an earlier load of the same headers
(remembered). They only ever say more than the guesses of `data.mapping`; they hold no row.
"""

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Choices:
    """A person's corrections of one file's mapping.

    fields       field -> header; None: this field is in no column
    constants    field -> the value that every row gets (what the file lacks: school, school_year)
    values       field -> text of the file -> its canonical meaning ("Phne" -> "phone")
    date_order   'mdy', 'dmy' or 'ymd'
    grade_scale  what a grade of -1 means: 'PK', 'TK' (see `data.mapping.choices`)
    header_rows  sheet -> the row that holds its headers, where the guess was wrong
    full_roster  True where a roster names every student of its schools (who is not in it has left)
    id_digits    ids of this file lost their leading zeros: they are read with so many digits (see `data.load.zeros`)
    """

    fields: dict[str, str | None] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    date_order: str | None = None
    grade_scale: str | None = None
    header_rows: dict[str, int] = field(default_factory=dict)
    full_roster: bool | None = None
    id_digits: int | None = None

    @property
    def corrects(self) -> bool:
        """Is there anything in it that is worth remembering for these headers?"""
        said = (self.fields, self.constants, self.values, self.date_order, self.grade_scale, self.id_digits is not None)
        return any(said)

    def over(self, earlier: "Choices") -> "Choices":
        """These choices on top of earlier ones: what is said here counts."""
        values = {
            name: {**earlier.values.get(name, {}), **self.values.get(name, {})}
            for name in {**earlier.values, **self.values}
        }
        return Choices(
            fields={**earlier.fields, **self.fields},
            constants={**earlier.constants, **self.constants},
            values=values,
            date_order=self.date_order or earlier.date_order,
            grade_scale=self.grade_scale or earlier.grade_scale,
            header_rows=self.header_rows,
            full_roster=self.full_roster,
            id_digits=self.id_digits if self.id_digits is not None else earlier.id_digits,
        )

    def for_mapping(self) -> dict:
        """The form in which `data.mapping.propose` takes them."""
        return {
            "fields": self.fields,
            "constants": self.constants,
            "values": self.values,
            "date_order": self.date_order,
            "grade_scale": self.grade_scale,
            "id_digits": self.id_digits,
        }

    def to_json(self) -> str:
        """The text that is remembered, without what is true of one file only: its header rows, whether it is full."""
        return json.dumps({**asdict(self), "header_rows": {}, "full_roster": None}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Choices":
        """The choices that `to_json` wrote."""
        return cls(**json.loads(text))


@dataclass(frozen=True)
class Asked:
    """What was said about a file beside its bytes. `district_said`: the district was named, not the default.

    `school_names` are names of school codes, from another file of the same export. `allowed_schools` are the
    schools whose rows the person may load; None: all.
    """

    kind: str | None
    district: str
    school: str | None
    choices: Choices
    district_said: bool
    school_names: dict[str, str] = field(default_factory=dict)
    allowed_schools: tuple[str, ...] | None = None
