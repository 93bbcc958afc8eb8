"""Released tables as a panel looks at them: each school year once, bands as intervals, signs in words.

Works on the tables of a release (or of a draft that a district looks through first) and on nothing else:
there is no number of students in them, and none can be asked for here.
"""

import io
from dataclasses import dataclass, field

import pandas as pd

from analytics.disclosure import coding, cube
from analytics.disclosure.draft import Draft
from analytics.disclosure.release import Release


@dataclass(frozen=True)
class Shown:
    """What there is to see. `tables` by file name without its ending, `made` the date of release of each year."""

    years: list[str]
    tables: dict[str, pd.DataFrame]
    comparisons: list[dict]
    made: dict[str, str] = field(default_factory=dict)
    sample: bool = False

    @property
    def measures(self) -> list[str]:
        """The measures of the release, in the cube's order."""
        there = set().union(*(table["measure"] for table in self.tables.values())) if self.tables else set()
        return [measure.name for measure in cube.MEASURES if measure.name in there]

    @property
    def groups(self) -> list[str]:
        """The student groups that have a table."""
        return [group for group in cube.GROUPS if any(group in table for table in self.tables.values())]

    @property
    def districts(self) -> list[str]:
        """The districts that have rows of their own; empty where there is only one."""
        table = self.tables.get("district_band")
        return sorted(table["district"].unique()) if table is not None else []

    def rows(self, measure: str, group: str = "", district: str = "") -> pd.DataFrame:
        """The published cells of one measure: year, band, the group where one is named, published, flag, low, high.

        `low` and `high` are the ends of the band (shares of one, or rates), missing where the cell is hidden.
        """
        name = "_".join(part for part in ("district" if district else "", "band", group) if part)
        table = self.tables.get(name)
        if table is None:
            cuts = ["year", "band", *([group] if group else [])]
            return pd.DataFrame(columns=[*cuts, "published", "flag", "low", "high"])
        table = table[table["measure"] == measure]
        if district:
            table = table[table["district"] == district].drop(columns="district")
        ends = [coding.interval(text) or (None, None) for text in table["published"]]
        return table.drop(columns="measure").assign(low=[a for a, _ in ends], high=[b for _, b in ends])

    def signs(self, measure: str, year: str) -> dict[str, str]:
        """{band: 'higher', 'lower' or 'no clear difference'} against elementary, all students everywhere."""
        here = [one for one in self.comparisons if (one["measure"], one["year"]) == (measure, year)]
        return {one["band"]: one["sign"] for one in here}


def of_releases(found: list[Release]) -> Shown:
    """Every school year of the releases once, from the newest that holds it. A release of the sample district is
    shown only where there is no other."""
    own = [release for release in found if not release.about.get("sample")]
    kept, made, parts, signs = own or found, {}, {}, []
    for release in kept:
        fresh = [year for year in release.about["years"] if year not in made]
        made |= dict.fromkeys(fresh, release.about["made_at"][:10])
        for name, table in release.tables.items():
            parts.setdefault(name, []).append(table[table["year"].isin(fresh)])
        # A later release compares the earlier years again, because more comparisons stand on the page by then.
        said = {one["year"] for one in signs}
        signs += [one for one in release.about["comparisons"] if one["year"] not in said]
    tables = {name: pd.concat(part, ignore_index=True) for name, part in parts.items()}
    signs = [one for one in signs if one["year"] in made]
    return Shown(sorted(made), tables, signs, made, bool(found) and not own)


def of_draft(made: Draft, sample: bool = False) -> Shown:
    """What a panel would see of a draft, from the very texts that would be published."""
    tables = {
        name.removesuffix(".csv"): pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
        for name, text in made.tables().items()
    }
    return Shown(sorted(year.name for year in made.years), tables, made.comparisons(), sample=sample)
