"""How many contacts families have: the share with 0, 1, 2, 3-5, 6 and more, by band.

The same counts of which `contacts_per_student` gives quantiles; for the stacked bar of the pages.
"""

from dataclasses import replace

import pandas as pd

from access.viewer import Viewer
from analytics.answer import Answer, ask
from analytics.measures import MEASURES
from analytics.question import Question
from analytics.scope import scope_of
from data.settings import BANDS
from data.store import Store

BUCKETS = {"0": (0, 0), "1": (1, 1), "2": (2, 2), "3-5": (3, 5), "6+": (6, 10**9)}
COLUMNS = ["band", "bucket", "value", "numerator", "denominator"]
METHOD = "Here: the share of students with so many contacts, out of all who were enrolled in the band."
NUMERATOR, UNIT = "students with so many delivered personal contacts (bucket)", "share of students"


def by_band(store: Store, viewer: Viewer, question: Question) -> Answer:
    """An answer whose table has a row for each band and bucket: `value` = families in it / families enrolled.

    Takes period, schools and filters of `question`; its measure and cuts are replaced.
    """
    question = replace(question, measure="contacts_per_student", by=("band",))
    answer = ask(store, viewer, question)
    held = scope_of(store, viewer, question).run(store, MEASURES["contacts_per_student"].sql)
    bands, contacts, having = (held[name].to_numpy() for name in ("cut_1", "contacts", "families"))
    rows = []
    for band in (name for name in BANDS if name in set(bands)):
        here = bands == band
        families = int(having[here].sum())
        for bucket, (low, high) in BUCKETS.items():
            inside = int(having[here & (contacts >= low) & (contacts <= high)].sum())
            rows.append((band, bucket, inside / families if families else None, inside, families))
    counted = answer.table[["band", "students", "schools"]]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return replace(answer, table=table, method=METHOD, numerator_is=NUMERATOR, unit=UNIT, behind=counted)
