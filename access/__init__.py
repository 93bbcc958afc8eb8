"""Who a viewer is, which role, which schools. Imports nothing of the project.

viewer     the record that goes with every question
directory  who may come in, as what, for which schools; kept in a file of its own (access.sqlite)
sign_in    the claims of an identity provider -> a viewer, or the sentence that denies
audit      who saw or exported a list of students, and when; it can only grow
"""
