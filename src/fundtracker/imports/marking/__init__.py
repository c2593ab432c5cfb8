"""The workbook goes back marked up: a copy of what came in, with coloured cells, comments and a sheet of issues, and nothing else changed.

`mark_up` starts a process of its own (`child`), in which `marker` edits the package's parts as bytes: `book` (the list of sheets), `styles`,
`sheets`, `notes` and `boxes` (comments and what they are shown in), `issues_sheet`; `xml_edits` and `package` are what they all stand on.
"""

from fundtracker.imports.marking.marked_copy import mark_up

__all__ = ["mark_up"]
