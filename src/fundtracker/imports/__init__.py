"""What comes in: a workbook from outside, never trusted, becomes proposed records and a list of problems.

`guard` looks at the file, `reader` has a child process (`process`, `child`, `cells`) turn it into plain rows (`found`), `workbook`
makes records of them with the help of `rows` and `references`; `template` writes the empty workbook to fill in; `marking` sends a form back with its
problems marked. May import the
domain and nothing else of fundtracker.
"""
