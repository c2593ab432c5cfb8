"""ListCommands: what can be done with the chosen rows of a list, or with all of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence

from fundtracker.application.actions.records import why_locked
from fundtracker.domain.columns import columns, plural, singular
from fundtracker.domain.organisations import Office
from fundtracker.domain.returns import ReturnLine
from fundtracker.ui.bridge import Progress
from fundtracker.ui.dialogs.where import ask_where, export_folder
from fundtracker.ui.dialogs.working import carry_out, run_with_progress
from fundtracker.ui.views.list_empty import why_not_added
from fundtracker.ui.views.list_words import NOT_ADDED_HERE, filters_in_words
from fundtracker.ui.views.tables import as_copied, put_on_clipboard

if TYPE_CHECKING:
    from fundtracker.ui.views.list_page import ListPage

COPIED_AT_ONCE = 500
MOST_COPIED = 50_000
"""Rows: more than any spreadsheet takes in without a long wait."""
TOO_FEW_TO_FILL = "Choose two rows or more to fill down: the first row's value goes to the others."


class ListCommands(QObject):
    """The commands of one list, by buttons, keys and menus."""

    def __init__(self, page: "ListPage") -> None:
        super().__init__(page)
        self.page = page
        self.workspace, self.kind = page.workspace, page.kind
        self.by_hand = page.kind not in NOT_ADDED_HERE
        self.removable = page.kind not in {ReturnLine, Office}
        self._pasted: int | None = None
        """The first of the rows just pasted, until the list has them."""

    def listen(self) -> None:
        """Answer the keys of the table."""
        table, standard = self.page.table, QKeySequence.StandardKey
        for action in table.actions():
            if action.shortcut() in {QKeySequence(standard.Copy), QKeySequence("Ctrl+Shift+C")}:
                table.removeAction(action)  # a list copies in its own way: it may be a million rows
        keys: tuple[tuple[Any, Callable[[], Any]], ...] = (
            (standard.Delete, self.remove_chosen),
            (standard.New, self.add_new),
            (standard.Copy, self.copy),
            (QKeySequence("Ctrl+Shift+C"), self.copy_with_headings),
            (standard.Paste, self.paste),
            (QKeySequence("Ctrl+D"), self.fill_down),
        )
        for pressed, act in keys:
            table.on_key(pressed, act)
        self.page.model.ordered.connect(self._go_to_pasted)

    # One record, or those chosen

    def add_new(self) -> None:
        """A new record in the form at the right; a compact list asks the window for one."""
        if why := self.why_not_added():
            self.page.show_message(why)
        elif self.page.evidence is not None and self.page.evidence.owner is not None:
            self.page.evidence.add_files()
        elif self.page.pane is None:
            self.page.wants_new.emit(self.kind, self.known())
        else:
            self.page.begin(self.known(), resume=True)

    def why_not_added(self) -> str:
        """Why no record can be added, in words; empty where one can."""
        if not self.by_hand:
            return self._not_here("added")
        return why_not_added(self.workspace, self.kind, self.page.within, empty=self.page.empty)

    def why_not_edited(self) -> str:
        """Why nothing of this list can be edited, in words; empty where it can."""
        if self.page.model.editable:
            return ""
        return self.why_kept() or (self.why_not_added() if self.by_hand else self._not_here("edited"))

    def why_not_deleted(self) -> str:
        """Why what is chosen isn't deleted here, in words; empty where it may be."""
        if why := self.why_not_edited():
            return why
        if not self.removable:
            return self.why_not_added()
        return "" if self.page.chosen_ids() else "Nothing is chosen: choose the rows to delete first."

    def _not_here(self, done: str) -> str:
        """ "Returns are not pasted here. A return is begun on the page of its award." """
        return f"{plural(self.kind)} are not {done} here. {NOT_ADDED_HERE[self.kind]}"

    def why_kept(self) -> str:
        """Why the chosen record can neither be deleted nor copied: it is frozen, and so would be its copy."""
        pane, found = self.page.pane, self.page.chosen_id
        if found is None:
            return ""
        item = pane.item if pane is not None else next(iter(self.workspace.select(self.kind, id=found)), None)
        return why_locked(self.workspace, item) if item is not None else ""

    def known(self) -> dict[str, Any]:
        """What a new record of this list has in any case: what the list is narrowed to."""
        return {path: value for path, value in self.page.within if "." not in path}

    def duplicate(self) -> None:
        """A copy of the first chosen record, which waits for its own reference."""
        chosen = self.page.chosen(most=1)
        if chosen and self.by_hand:
            item = chosen[0]
            values = {each.name: getattr(item, each.name) for each in columns(self.kind) if not each.key}
            if self.page.pane is None:
                self.page.wants_new.emit(self.kind, values)
            else:
                self.page.begin(values)

    def remove_chosen(self) -> None:
        """Delete what is chosen; it can be undone, so nothing is asked."""
        if why := self.why_not_deleted():
            self.page.show_message(why)
            return
        from fundtracker.application.actions.many import remove_many

        ids = tuple(self.page.chosen_ids())
        beside = self.page.beside_chosen()
        many = f"{len(ids):,} {plural(self.kind).lower()}" if len(ids) > 1 else singular(self.kind)

        def done(_: None) -> None:
            self.page.forget_chosen(beside)
            self.page.said.emit(f"{many} deleted. Ctrl+Z brings {'them' if len(ids) > 1 else 'it'} back.")

        carry_out(
            self.page,
            f"Deleting {many.lower()}",
            len(ids),
            lambda: remove_many(self.workspace, self.kind, ids),
            done,
            self.page.show_refusal,
            lambda: self.page.said.emit("Stopped. Nothing was deleted."),
        )

    def edit_chosen(self) -> None:
        """Give a field of all chosen records the same value."""
        ids = tuple(self.page.chosen_ids())
        if ids and self.page.model.editable:
            from fundtracker.ui.dialogs.edit_many import edit_many

            edit_many(self.page, self.workspace, self.kind, ids, self.page.said.emit)

    def fill_down(self) -> None:
        """Give the field under the cursor, of every chosen record, what it holds in the first of them."""
        ids, index = tuple(self.page.chosen_ids()), self.page.table.currentIndex()
        too_few = len(ids) < 2 or not index.isValid()
        if why := self.why_not_edited() or (TOO_FEW_TO_FILL if too_few else ""):
            self.page.show_message(why)
            return
        from fundtracker.application.actions.many import fill_down

        column = self.page.model.columns[index.column()]

        def done(count: int) -> None:
            many = (singular if count == 1 else plural)(self.kind).lower()
            self.page.said.emit(f"{column.label} filled down to {count:,} {many}.")

        run_with_progress(
            self.page,
            f"Filling down {column.label.lower()}",
            lambda progress: fill_down(self.workspace, self.kind, ids, column.name, progress),
            done,
            refused=self.page.show_refusal,
            stopped=lambda: self.page.said.emit("Stopped. Nothing was changed."),
        )

    # The clipboard

    def copy_with_headings(self) -> None:
        self.copy(headings=True)

    def copy(self, *, headings: bool = False) -> None:
        """The chosen rows, with the columns shown in their order; many of them are read off the window's thread."""
        ids = self.page.chosen_ids()
        if len(ids) > MOST_COPIED:
            self.page.show_message(
                f"{len(ids):,} rows are too many to copy: choose {MOST_COPIED:,} at most, or export the list."
            )
            return
        if not ids:
            self.page.show_message("Nothing is chosen: choose the rows to copy first.")
            return
        sections = self.page.table.shown_sections()
        lines = [[self.page.model.columns[n].label for n in sections]] if headings else []

        def read(progress: Progress | None = None) -> tuple[int, tuple[str, str]]:
            found: list[list[str]] = []
            for start in range(0, len(ids), COPIED_AT_ONCE):
                if progress is not None:
                    progress("Reading rows", start, len(ids))
                rows = self.workspace.lists.rows(self.kind, ids[start : start + COPIED_AT_ONCE])
                found += (
                    [texts[n].replace("\t", " ").replace("\n", " ") for n in sections] for _, texts in rows
                )
            copied = as_copied(lines + found, headed=headings)
            if progress is not None:
                progress("Reading rows", len(ids), len(ids))
            return len(found), copied

        def done(found: tuple[int, tuple[str, str]]) -> None:
            many, copied = found
            put_on_clipboard(copied)
            self.page.said.emit(f"{many:,} {'row' if many == 1 else 'rows'} copied.")

        if len(ids) <= COPIED_AT_ONCE:
            done(read())
        else:
            stopped = "Stopped. The clipboard is as it was."
            run_with_progress(
                self.page, "Copying rows", read, done, stopped=lambda: self.page.said.emit(stopped)
            )

    def paste(self) -> None:
        """A block of a spreadsheet, shown first with what is wrong in it."""
        if why := self.why_not_edited() if self.by_hand else self._not_here("pasted"):
            self.page.show_message(why)
            return
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.page.show_message("The clipboard is empty: copy some rows first.")
            return
        from fundtracker.ui.dialogs.paste import paste_into

        sections, index = self.page.table.shown_sections(), self.page.table.currentIndex()
        at = sections.index(index.column()) if index.isValid() and index.column() in sections else None
        shown = tuple(self.page.model.columns[n] for n in sections)
        paste_into(
            self.page,
            self.workspace,
            self.kind,
            shown,
            at,
            self.known(),
            text,
            self.page.said.emit,
            show_first=self.show_pasted,
        )

    def show_pasted(self, first: int) -> None:
        """New rows stand at the end of a long list: it goes there once it has them. A filtered or searched one stays as it is."""
        self._pasted = first
        if not self.page.searching.narrows:
            self._go_to_pasted()

    def _go_to_pasted(self) -> None:
        """Unless whoever pasted has gone on meanwhile: into the form say, or to look for something."""
        first, page = self._pasted, self.page
        if first is None:
            return
        found = page.model.row_of(first) is not None
        narrowed = page.searching.narrows
        gone_on = narrowed or page.focusWidget() not in {None, page.table}
        if gone_on or found:
            self._pasted = None
        if narrowed and not found:
            page.show_message(f"Not all that was pasted is shown: {narrowed} some out.")
        elif found and not gone_on:
            page.choose(first)

    # The whole list

    def filter_by_value(self) -> None:
        """Only rows that hold, in the column under the cursor, what this one does."""
        index = self.page.table.currentIndex()
        found = self.page.model.row(index.row()) if index.isValid() else None
        if found is not None:
            column = self.page.model.columns[index.column()]
            self.page.filter_by(column.name, filter_text(column.kind.name, found[1][index.column()]))

    def ask_export(self, ending: str) -> None:
        """Ask where to, then write the list as shown."""
        begins = export_folder(self.page) / f"{plural(self.kind)}.{ending}"
        path = ask_where(self.page, "Export as shown", begins, f"*.{ending}")
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Write the list as shown, off the window's thread."""
        run_with_progress(
            self.page,
            f"Exporting {plural(self.kind).lower()}",
            self._writing(path),
            lambda count: self.page.said.emit(f"{count:,} rows written to {path.name}."),
            stopped=lambda: self.page.said.emit("Stopped. No file was written."),
        )

    def show_print(self) -> None:
        """The list as shown, on the pages it would be printed on."""
        from fundtracker.ui.dialogs.print_preview import print_list

        def write(path: Path, progress: Progress) -> None:
            self._writing(path)(progress)

        told = self._told()
        print_list(self.page, f"{plural(self.kind)}{f': {told}' if told else ''}", write)

    def _told(self) -> str:
        """What the list is narrowed to: rows behind a figure, filters, words searched for."""
        query = self.page.model.query
        searched = f"with the words “{query.search.strip()}”" if query.search.strip() else ""
        return "; ".join(
            filter(None, (self.page.narrowed.text().rstrip("."), filters_in_words(query), searched))
        )

    def _writing(self, path: Path) -> Callable[[Progress], int]:
        """Work that writes the list with its filters, its order, and the columns it shows in theirs."""
        from fundtracker.application.actions.listing import export_list

        query, many = self.page.model.query, self.page.model.rowCount()
        shown, told = self.page.table.shown_names(), self._told()
        return lambda progress: export_list(
            self.workspace,
            query,
            path,
            lambda done: progress("Writing rows", done, max(done, many)),
            shown=shown,
            told=f"{told}." if told else "",
        )


def filter_text(kind: str, shown: str) -> str:
    """What to type for rows that hold just this value, from the text a list shows of it."""
    if not shown:
        return "empty"
    first = shown.split("\n", 1)[0]
    if kind in {"text", "reference", "long text"}:
        return f"={first}" if first == shown else first
    return first
