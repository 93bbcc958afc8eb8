"""OneRoster demographics -> gender and race. Columns are known by the words in their headers.

Exporters write nativeAmericanOrOtherPacificIslander, leave `white` out, or shout; no spelling is relied on.
"""

import re

import pandas as pd

from data.mapping import codes, races

_YES = frozenset(("true", "1", "yes", "y", "t"))


def about_people(demographics: pd.DataFrame) -> pd.DataFrame:
    """sourcedId, gender, race_ethnicity for the rows of a demographics sheet; empty where there is none."""
    keys = {_plain(name): name for name in demographics.columns}
    student = next((keys[key] for key in ("sourcedid", "usersourcedid", "studentsourcedid") if key in keys), None)
    if student is None or demographics.empty:
        return pd.DataFrame(columns=["sourcedId", "gender", "race_ethnicity"])
    if "status" in keys:
        demographics = demographics[demographics[keys["status"]].fillna("").str.casefold() != "tobedeleted"]
    people = pd.DataFrame({"sourcedId": demographics[student], "gender": None, "race_ethnicity": None})
    sex = next((keys[key] for key in ("sex", "gender") if key in keys), None)
    if sex:
        texts = demographics[sex]
        read = {text: codes.group("gender", str(text)).value for text in texts.dropna().unique()}
        people["gender"] = texts.map(read)
    people["race_ethnicity"] = _races(demographics, keys)
    return people.dropna(subset="sourcedId").drop_duplicates("sourcedId", keep="last")


def _races(demographics: pd.DataFrame, keys: dict[str, str]) -> pd.Series:
    """Hispanic whatever else is marked; two or more where several are; the one that is; else unknown."""
    marked = {}
    for key, name in keys.items():
        race = races.of_header(key)
        if race:
            yes = demographics[name].astype("string").str.strip().str.casefold().isin(_YES)
            marked[race] = marked.get(race, False) | yes
    single = pd.DataFrame({race: yes for race, yes in marked.items() if race not in ("hispanic", "two_or_more")},
                          index=demographics.index)  # fmt: skip
    answer = pd.Series(None, index=demographics.index, dtype=object)
    if len(single.columns):
        answer = answer.where(single.sum(axis=1) != 1, single.idxmax(axis=1))
        answer = answer.where(single.sum(axis=1) < 2, "two_or_more")
    for race in ("two_or_more", "hispanic"):
        if race in marked:
            answer = answer.where(~marked[race], race)
    return answer


def _plain(header) -> str:
    return re.sub(r"[^a-z0-9]", "", str(header).casefold())
