"""Whether a workbook looks like a partner form of this program: by the name of its hidden sheet, before anything is read.

It says only which way a dropped workbook goes. Whether it is a form is for `form_reading`, which trusts nothing.
"""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from fundtracker.domain.partner_forms.layout import ABOUT
from fundtracker.domain.problems import Refused
from fundtracker.imports.guard import examine

_CONTENTS = "xl/workbook.xml"
_MOST = 2**20
"""Bytes of the list of sheets that are looked at."""
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*\bname=[\"']" + ABOUT.encode() + rb"[\"']", re.IGNORECASE)


def looks_like_form(path: Path) -> bool:
    """Whether one of its sheets is called as a form's hidden one; no for whatever can't be opened without harm."""
    try:
        examine(path)
        with ZipFile(path) as package, package.open(_CONTENTS) as part:
            found = part.read(_MOST)
    except (Refused, OSError, BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError):
        return False
    return _SHEET.search(found) is not None
