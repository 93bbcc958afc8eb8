"""What is true of every student, so of every kind of students, whoever they are: what a reader can be sure of.

two-way reached <= reached <= contacts;  at the end and not silent -> reached (unless elsewhere in those days);
enrolled in those days only (late in the year, or early in it at an early release): not both silent and reached;
no contact -> not reached;  students in a denominator counted in contacts were reached;
answered asks of both sides <= two-way contacts, asks <= contacts of known direction <= contacts;
beyond the first of each student there are no more contacts of known direction than contacts, and so on;
an answered ask and its answer are two contacts (unless the answer may fall on a day that counts elsewhere);
a contact of known direction is two-way or an ask without an answer (unless it may be an ask that is still open)
"""

# What is counted of each kind of students: the column of `students.sql` (its name alone: students with any of it).
REACHED, TWO_WAY, CONTACTS, SILENT = "delivered_any", "two_way_any", "delivered", "silent"
SHARES = {"known": "two_way", "school_asks": "school_asks_answered", "family_asks": "family_asks_answered"}
ASKS = ("school_asks", "family_asks")
# Pairs (a, b), a <= b for every student. "any x": students with any x.
LESS = [
    (TWO_WAY, REACHED), (REACHED, CONTACTS), (TWO_WAY, "any known"), (TWO_WAY, "two_way"),
    ("any school_asks", "any known"), ("any family_asks", "any known"),
    *[pair for whole, part in SHARES.items() for pair in (
        (part, whole), (f"any {whole}", whole), (f"any {whole}", REACHED), (whole, CONTACTS))],
]  # fmt: skip
# (a, b): no a without b.
NONE_WITHOUT = [
    (CONTACTS, REACHED), ("two_way", TWO_WAY), ("school_asks_answered", TWO_WAY), ("family_asks_answered", TWO_WAY),
    *[(whole, f"any {whole}") for whole in SHARES],
]  # fmt: skip
# (a, b, c): a + b <= c.
TOGETHER = [("school_asks_answered", "family_asks_answered", "two_way"), ("school_asks", "family_asks", "known")]
SURE = "silent or reached"  # students who are one of the two at least
EITHER = "only_then"  # students who are one of the two at most
# (contacts, students with any, part of the contacts, students with any of it): what each has beyond the first one.
SURPLUS = [
    (CONTACTS, REACHED, "known", "any known"),
    ("known", "any known", "two_way", TWO_WAY),
    *[("known", "any known", asks, f"any {asks}") for asks in ASKS],
]
OUTSIDE = "answered_outside"  # students whose answers may fall on days that count elsewhere or nowhere
OPEN = "open_asks"  # students who may have asks that are counted nowhere yet
ASKABLE = "askable"  # students who may have asks that are counted
