"""Which loaded files a viewer may read of, by their rights of now, and by which name.

A file's name can be a student's ("Lopez Maria calls.xlsx"), so it needs the right to see students, too; what somebody
loaded themselves they know already.
"""

import pandas as pd

from access.viewer import Viewer
from analytics.scope import visible_schools
from data.store import Store

UNNAMED = "(name not shown)"


def to_read_of(store: Store, viewer: Viewer, found: pd.DataFrame) -> pd.DataFrame:
    """Of the uploads `found` those whose counts a viewer may read: a principal those made for own schools."""
    found = of_districts(viewer, found)
    if viewer.schools is not None:
        own = {(school.district, school.name) for school in visible_schools(store, viewer)}
        found = found[[made_for in own for made_for in zip(found["district"], found["school"], strict=True)]]
    return named(viewer, found).reset_index(drop=True)


def of_districts(viewer: Viewer, found: pd.DataFrame) -> pd.DataFrame:
    """Of rows with a `district` those of the viewer's."""
    return found if viewer.districts is None else found[found["district"].isin(viewer.districts)]


def named(viewer: Viewer, found: pd.DataFrame) -> pd.DataFrame:
    """The uploads, with the names of the files that a viewer may read."""
    if viewer.students:
        return found
    return found.assign(file_name=found["file_name"].where(found["loaded_by"] == viewer.name, UNNAMED))
