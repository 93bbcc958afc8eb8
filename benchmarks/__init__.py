"""How fast the program is, beside another way to do the same, measured in the same run: `python -m benchmarks`.

apart      runs one step in a process of its own: seconds, and the memory of it and its children
table      repeats both ways in turn, takes medians, prints the table
logs       makes synthetic rosters and contact logs of any size
workbook, large_csv, pages, increment, naive    one benchmark each; reference and naive_page are the other way

`coverage` and others that check estimates stand beside them and are run by their own names.
"""
