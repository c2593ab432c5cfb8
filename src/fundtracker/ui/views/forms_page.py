"""FormsPage: the place of partner forms: a quarter, and where each grant's form of it stands."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fundtracker.application.actions.partner_forms.of_grant import quarter_forms
from fundtracker.application.glance import Within
from fundtracker.application.workspace import Workspace
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.organisations import Office, Organisation, Partnership
from fundtracker.domain.periods import Quarter
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.models.form_lines import summary
from fundtracker.ui.navigation import FORMS
from fundtracker.ui.views.forms_part import FormsPart, can_be_issued
from fundtracker.ui.views.list_narrowed import Narrowed
from fundtracker.ui.views.page import Page
from fundtracker.ui.words import SPACE, choice_box, heading, plain_label, push_button

EMPTY = "No grant has money yet: enter a grant, and under Grant sources what pays for it. Its forms then stand here, quarter by quarter."


class FormsPage(Page):
    """Everything is read off the window's thread."""

    help_page = "partner_forms"
    rows_wanted = Signal(object, tuple)
    kinds = frozenset({PartnerForm, Grant, GrantSource, Organisation, Partnership, Office})

    place_wanted = Signal(str)  # a place of the window

    def __init__(self, workspace: Workspace, within: Within = (), parent: QWidget | None = None) -> None:
        """`within`: (("quarter", Q2),) narrows it to the grants that were sent no form for it."""
        super().__init__(workspace, parent)
        self.quarter: Quarter | None = within[0][1] if within else None
        self._not_issued = bool(within)
        self.narrowed = Narrowed("all grants", lambda: self.place_wanted.emit(FORMS))
        self._reading, self._again = False, False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        self.quarters = choice_box("Quarter")
        self.quarters.view().setAccessibleName("Quarter")
        self.quarters.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.quarters.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.quarters.activated.connect(self._quarter_chosen)
        label = plain_label("&Quarter")
        label.setBuddy(self.quarters)
        self.all_button = push_button(
            "A&ll forms", "Every form ever issued, as a list to search, sort and export", self._show_all
        )
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(heading("Partner forms"))
        top.addStretch(1)
        for part in (label, self.quarters, self.all_button):
            top.addWidget(part)
        layout.addLayout(top)
        layout.addWidget(self.narrowed)
        if within:
            self.narrowed.say(lambda: f"Only the grants that were sent no form for {self.quarter}.")
        self.note = plain_label(wrapped=True)
        self.note.setAccessibleName("Where the forms stand")
        layout.addWidget(self.note)
        self.part = FormsPart(workspace, of_grant=False)
        self.part.opened.connect(self.opened)
        self.part.said.connect(self.said)
        layout.addWidget(self.part, 1)
        layout.addStretch(0)
        self.table = self.part.table
        self.refresh()

    def refresh(self) -> None:
        """Ask anew; while an answer is awaited, once more after it."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        workspace, quarter = self.workspace, self.quarter

        def work(_progress: Progress) -> Any:
            return quarter_forms(workspace, quarter)

        Question(self, work, self._take, self._failed).start()

    def _failed(self, trouble: BaseException) -> None:
        self._reading = False
        raise trouble

    def _take(self, found: Any) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.refresh()
            return
        quarters, quarter, standings, partners = found
        self.quarter = quarter
        self._fill(quarters)
        if self._not_issued:
            standings = tuple(each for each in standings if can_be_issued(each) and each.form is None)
            self.narrowed.again()
        self.part.show_lines([(quarter, each) for each in standings], partners)
        if not quarters:
            self.note.setText(EMPTY)
        elif self._not_issued and not standings:
            self.note.setText(f"Every agreed grant of {quarter} was sent its form.")
        elif not standings:
            self.note.setText(f"No agreed grant with money in {quarter.year} runs in {quarter}.")
        else:
            self.note.setText(
                f"{quarter.months}. {summary(standings)} Drop a form that came back anywhere on the window."
            )

    def _fill(self, quarters: tuple[Quarter, ...]) -> None:
        shown = [self.quarters.itemData(n) for n in range(self.quarters.count())]
        if shown != list(quarters):
            self.quarters.clear()
            for each in quarters:
                self.quarters.addItem(f"{each}, {each.months}", each)
        place = list(quarters).index(self.quarter) if self.quarter in quarters else -1
        self.quarters.setCurrentIndex(place)

    def _quarter_chosen(self, place: int) -> None:
        self.show_quarter(self.quarters.itemData(place))

    def show_quarter(self, quarter: Quarter) -> None:
        self.quarter = quarter
        self.refresh()

    def _show_all(self) -> None:
        self.rows_wanted.emit(PartnerForm, ())

    def begins_at(self) -> QWidget:
        return self.table
