"""keys: a letter typed in a field of a cost's form, and in the filter row over 1,000,000 costs, to the repaint, the slower of the two.

Floor: a bare field in a form of as many rows. (Not called typing: the standard library has a module of that name.)
"""

import sys

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from _list import SIZE, app
from _measure import main, median_of
from _window import settle, shown, until, window
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.ui.places import place_of
from fundtracker.ui.views.list_page import ListPage

GOAL = 3.0
TYPED = "camera for the station road end of the park, second of two"
FIELD = "supplier"


def ours() -> float:
    with window() as (_, held):
        held.go(place_of(Cost))
        settle()
        page = held.page
        if not isinstance(page, ListPage) or page.pane is None:
            raise SystemExit("the list of costs has no form")
        form = page.pane.form
        until(lambda: form.busy)
        field = form.fields[FIELD].widget
        if not isinstance(field, QLineEdit):
            raise SystemExit(f"{FIELD} is not typed in a line")
        before = field.text()
        in_form = _per_key(field)
        field.setText(before)
        page.filter()
        found = next(each for each in page.filters.fields if each.column.name == FIELD)
        in_filter = _per_key(found)
        sys.stderr.write(f"a key in the form {in_form:.2f} ms, in the filter row {in_filter:.2f} ms\n")
        found.clear()
        page.clear_filters()
        return max(in_form, in_filter)


def floor() -> float:
    app()
    holder = QWidget()
    layout = QFormLayout(holder)
    lines = {each.name: QLineEdit() for each in columns(Cost)}
    for each in columns(Cost):
        layout.addRow(each.label, lines[each.name])
    holder.resize(*SIZE)
    holder.show()
    shown()
    return _per_key(lines[FIELD])


def _per_key(line: QLineEdit) -> float:
    line.setFocus()
    line.clear()
    shown()
    letters = iter(TYPED)

    def key() -> None:
        QTest.keyClicks(line, next(letters))
        shown()

    taken = median_of(key, len(TYPED))
    if line.text() != TYPED:
        raise SystemExit(f"typed {TYPED!r}, and there stands {line.text()!r}")
    return taken


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
