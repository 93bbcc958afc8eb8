"""A synthetic district with planted truths, for looking round and for checking the estimates.

planted   the numbers that are planted: rates by band and channel, reply probabilities, tone, language
names     names of schools and people, all invented
people    schools, students, spans with moves, groups
seasons   when contacts happen: school days, terms, schools that log only in some weeks
exchanges contacts and their replies
details   what else a log says: time of day, tone, topic, staff, language
truth     what was planted, what to expect, and how to check it
write     into a store, as real uploads would have left it
files     sample spreadsheets to try the upload with
command   `python -m data demo`

No row of it comes from a real person. It refuses to touch a store that holds a district's own uploads.
"""

from data.demo.write import SAMPLE, create, is_sample

__all__ = ["SAMPLE", "create", "is_sample"]
