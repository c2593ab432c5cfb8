"""LedgerPage: the place of the finance ledger: its lines by their match, and what the chosen one paid for."""

from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from fundtracker.application.actions.ledger.looking import counts_now
from fundtracker.application.glance import Within
from fundtracker.application.ledger_combining import Combination
from fundtracker.application.ledger_scoring import Suggestion
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.columns import Record
from fundtracker.domain.ledger import LedgerLine, LedgerMatch
from fundtracker.domain.money import Money
from fundtracker.storage.ledger import Counts
from fundtracker.storage.sql import MATCHED
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.ledger_commands import LedgerCommands
from fundtracker.ui.list_views import STANDARD, View, load
from fundtracker.ui.views.ledger_panel import LETTERS, MatchPanel
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.parts import PartsBar
from fundtracker.ui.words import SPACE, plain_label, push_button

UNMATCHED, ALL = "unmatched", ""
STATES = (UNMATCHED, "matched", "set aside", ALL)
NAMES = ("Unmatched", "Matched", "Set aside", "All")
FIRST_VIEW = View(
    order=(
        "reference", "posted_on", "supplier", "amount", "invoice_number", "description", "code",
        "transaction_number", "line", "layout_id", "listing", "set_aside",
    ),
    hidden=("transaction_number", "line", "layout_id", "listing", "set_aside"),
)  # fmt: skip
"""How the list stands until somebody arranges it: what a line is told by first."""
DONE = "Every line is matched or set aside. Import the next listing when finance has one."


class LedgerPage(ListPage):
    """Arrows go from line to line, Enter accepts the best suggestion, which is then in sight below. Nothing is matched silently."""

    help_page = "ledger"
    letters: ClassVar[frozenset[str]] = LETTERS

    def __init__(self, workspace: Workspace, within: Within = (), parent: QWidget | None = None) -> None:
        """`within` narrows it to some of the lines, whatever was said of them: nobody then chooses by their match."""
        self._counts = Counts(0, 0, 0, 0, 0)
        self._state = ALL if within else UNMATCHED
        super().__init__(workspace, LedgerLine, within=within, parent=parent)
        self.kinds |= {LedgerMatch}
        self.model.shown_kinds |= {LedgerMatch}
        self.ledger = LedgerCommands(self, workspace, self.said.emit)
        self._add_parts()
        if load(self.view.place).present == STANDARD:
            self.table.stand(FIRST_VIEW)
        if not within:
            self._show_state(0)
        self._count_lines()

    def _add_parts(self) -> None:
        """The states above the list and the panel below it; both are as wide as the place."""
        layout = self.layout()
        splitter = next(iter(self.findChildren(QSplitter)))
        splitter.setSizes([700, 320])
        self.states = PartsBar(self)
        self.states.setAccessibleName("Which lines to show")
        self.states.setDrawBase(False)
        self.states.setExpanding(False)
        for name in NAMES:
            self.states.addTab(name)
        self.states.currentChanged.connect(self._show_state)
        label = plain_label("Sho&w")
        label.setBuddy(self.states)
        self.import_button = push_button(
            "&Import a listing...",
            "Take in the finance system's listing of transactions; a file can also be dropped here",
            self.ledger.ask_listing,
        )
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        bar.addWidget(label)
        bar.addWidget(self.states)
        bar.addStretch(1)
        bar.addWidget(self.import_button)
        if self.within:
            label.hide()
            self.states.hide()
        self.panel = self._make_panel()
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.setChildrenCollapsible(False)
        if isinstance(layout, QVBoxLayout):
            layout.removeWidget(splitter)
            whole.addWidget(splitter)
            whole.addWidget(self.panel)
            whole.setStretchFactor(0, 3)
            whole.setStretchFactor(1, 2)
            whole.setSizes([400, 280])
            layout.insertLayout(1, bar)
            layout.addWidget(whole, 1)

    def _make_panel(self) -> MatchPanel:
        panel, commands = MatchPanel(self.workspace), self.ledger
        panel.accepted.connect(self._accept)
        panel.many_wanted.connect(commands.accept_many)
        panel.split_wanted.connect(lambda: commands.split(panel.looked, self._back_to_lines))
        panel.cost_wanted.connect(lambda: commands.make_cost(panel.looked))
        panel.aside_wanted.connect(lambda: commands.set_aside(self._lines()))
        panel.back_wanted.connect(lambda: commands.bring_back(self._lines()))
        panel.unmatched.connect(commands.unmatch)
        panel.opened.connect(self.opened)
        return panel

    # Which lines

    def _show_state(self, place: int) -> None:
        self._state = STATES[place]
        self.model.show(within=self._narrowing)
        self._chosen = None
        if self.isVisible():
            self.choose_first()
        self._look_at_chosen()

    @property
    def _narrowing(self) -> Within:
        """What the lines shown have in common: what was said of them, or what the place is narrowed to."""
        return ((MATCHED, self._state),) if self._state else self.within

    def _count_lines(self) -> None:
        workspace = self.workspace

        def work(_progress: Progress) -> Counts:
            return counts_now(workspace)

        Question(self, work, self._take_counts).start()

    def _take_counts(self, counts: Counts) -> None:
        self._counts = counts
        many = (counts.open, counts.matched, counts.set_aside, counts.lines)
        for place, (name, count) in enumerate(zip(NAMES, many, strict=True)):
            self.states.setTabText(place, f"{name} ({count:,})")
        if counts.open:
            self.states.setTabToolTip(0, f"{Money(counts.open_pence).in_full} is matched to nothing")
        self.panel.many_button.setEnabled(bool(counts.open))
        self._say_empty()
        self._look_at_chosen()

    def empty_words(self) -> str:
        if not self._counts.lines or self.within:
            return super().empty_words()
        return DONE if self._state == UNMATCHED else f"No line is {self._state}."

    def choose(self, record_id: int, column: str = "") -> None:
        """A line that isn't among those shown is looked for among all."""
        if not self.within and self._state and not self._is_shown(record_id):
            self.states.setCurrentIndex(STATES.index(ALL))
        super().choose(record_id, column)
        self.panel.show_line(record_id)

    def _is_shown(self, record_id: int) -> bool:
        from fundtracker.storage.queries import ListQuery

        within = (*self._narrowing, ("id", record_id))
        return bool(self.workspace.lists.count(ListQuery(LedgerLine, within=within)))

    # The chosen line

    def _row_chosen(self) -> None:
        super()._row_chosen()
        self._look_at_chosen()

    def choose_first(self) -> None:
        super().choose_first()
        self._look_at_chosen()

    def _look_at_chosen(self) -> None:
        if not hasattr(self, "panel"):
            return  # the list is filled before it stands here
        if self._chosen is not None and self._count:
            self.panel.show_line(self._chosen)
        elif not self._counts.lines:
            self.panel.say_nothing(
                "Import the finance system's listing of transactions: its lines are then matched to costs and instalments here."
            )
        else:
            self.panel.say_nothing(DONE if self._state == UNMATCHED and not self._count else "")

    def _lines(self) -> list[LedgerLine]:
        found: list[Record] = self.chosen()
        return [each for each in found if isinstance(each, LedgerLine)]

    def open_chosen(self) -> None:
        """Enter: accept what is suggested first, once it is in sight."""
        self.panel.accept_best()

    def _accept(self, offer: Suggestion | Combination) -> None:
        from fundtracker.application.actions.ledger.matching import accept, accept_together
        from fundtracker.domain.money import total
        from fundtracker.domain.problems import Refused, StorageTrouble

        try:
            if isinstance(offer, Combination):
                made = accept_together(self.workspace, offer)
            else:
                made = (accept(self.workspace, offer),)
        except (Refused, StorageTrouble) as trouble:
            self.show_message(str(trouble))
            return
        self.show_message("")
        paid = None if isinstance(offer, Combination) else offer.cost or offer.instalment
        named = offer.named if isinstance(offer, Combination) else paid.reference if paid else ""
        self.said.emit(
            f"{offer.line.reference} is matched to {named}, {total(each.amount for each in made).in_full}. Ctrl+Z takes it back."
        )
        self._back_to_lines()

    def _back_to_lines(self) -> None:
        """The next line is a key away: what was said of one may have taken its buttons away."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Changes

    def refresh(self) -> None:
        super().refresh()
        self._count_lines()

    def heard(self, changed: Changed) -> None:
        super().heard(changed)
        if self.isVisible() and changed.kinds & {LedgerLine, LedgerMatch}:
            self._leave_what_left()
            self._count_lines()
        self.panel.heard(changed)

    def _leave_what_left(self) -> None:
        """To the next line, where the chosen one is no longer among those shown."""
        if self._chosen is not None and self._narrowing and not self._is_shown(self._chosen):
            self.forget_chosen(self.beside_chosen())
            self._look_at_chosen()

    def take_file(self, path: Path) -> bool:
        """A file dropped on this place; whether it is taken for a listing."""
        return self.ledger.take_dropped(path)

    def more_commands(self) -> tuple[tuple[str, Any], ...]:
        panel = self.panel
        words = (panel.accept_button, panel.split_button, panel.cost_button, panel.aside_button)
        return tuple((each.text(), each.click) for each in words if each.isEnabled() and not each.isHidden())
