"""At which school a student of a OneRoster export is: departments are of schools, and of two schools one is first."""

import pandas as pd

from data.roster.oneroster_sheets import listed

# `data.roster.status` leaves the rows out in which this is said, where another row of the same days says the first.
_SECOND = "Secondary enrollment"


def school_of(orgs: pd.DataFrame) -> dict[str, str]:
    """The school above each org that is none itself (a department, a grade); orgs below no school are not in it."""
    orgs = orgs.dropna(subset="sourcedId").drop_duplicates("sourcedId").set_index("sourcedId")
    kinds = orgs["type"].fillna("school").str.casefold().str.strip()
    found = {}
    for org in orgs.index[kinds != "school"]:
        above, seen = org, set()
        while above in orgs.index and kinds[above] != "school" and above not in seen:
            seen.add(above)
            above = orgs.at[above, "parentSourcedId"]
        if above in orgs.index and kinds[above] == "school":
            found[org] = above
    return found


def second_schools(stays: pd.DataFrame, users: pd.DataFrame, roles: pd.DataFrame) -> pd.Series:
    """For each stay (sourcedId, org, school_year, begin) what stands for a status: None, or that it is at a second
    school of a student who was at the first one by then. Who came to the first school later has moved there."""
    first = stays["sourcedId"].map(_first_school(users, roles))
    there = stays[stays["org"] == first].drop_duplicates(["sourcedId", "school_year"])
    joined = stays[["sourcedId", "school_year", "begin"]].merge(
        there[["sourcedId", "school_year", "begin"]], on=["sourcedId", "school_year"], how="left", indicator="seen",
        suffixes=("", "_first"),
    )  # fmt: skip
    before = (joined["begin_first"] <= joined["begin"]) | joined["begin"].isna()
    second = (joined["seen"] == "both") & before & (stays["org"] != first).to_numpy()
    return pd.Series([_SECOND if is_second else None for is_second in second], index=stays.index, dtype=object)


def _first_school(users: pd.DataFrame, roles: pd.DataFrame) -> dict[str, str]:
    """The one school of each student that the export says is the first: the primary org or role (1.2), or the only
    school of the user row (1.1)."""
    found = {}
    for user, orgs in users[["sourcedId", "orgSourcedIds"]].itertuples(index=False):
        schools = listed(orgs)
        if len(schools) == 1:
            found[user] = schools[0]
    primary = roles[roles["roleType"].fillna("").str.casefold().str.strip() == "primary"]
    primary = primary.drop_duplicates(["userSourcedId", "orgSourcedId"])
    primary = primary[~primary["userSourcedId"].duplicated(keep=False)]
    found |= dict(zip(primary["userSourcedId"], primary["orgSourcedId"], strict=True))
    told = users.dropna(subset="primaryOrgSourcedId")
    return found | dict(zip(told["sourcedId"], told["primaryOrgSourcedId"], strict=True))
