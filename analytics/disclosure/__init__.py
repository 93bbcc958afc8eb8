"""What a panel may see: released tables only, each with its proof. The rules are those of docs/releases.md.

coding    a numerator -> the band that is published, and the numerators which that band allows
listed    what a district releases, from its settings: less or coarser than there is, never more
linked    cells that add up: published intervals, sums, and all other facts that tie unknown numbers
rules     what is true of every student
asks      what is true of asks and their answers
halves    what a published rate says of the student with most contacts
joint     what a reader can reason over: all measures and groups of a band, made of kinds of students
proof     the range of every protected numerator, by integer programs; the witness tables
nudge     tables beside the truth that publish the same, without a program
suppress  primary cells, and the further cells that have to go until the proof passes
cube      the store's rows -> the cells of the fixed cube
compare   which bands differ, as a sign
years     which school years can be released
draft     the cube of each of them, proved, before it is published
as_published   the tables of bands and signs that it publishes
release   make, prove, write and read a release; nothing is published without a passed proof
shown     released tables as a panel looks at them
"""
