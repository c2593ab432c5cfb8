"""FormsPart: partner forms as a table with what can be done with them: of a quarter's grants, or of one grant's quarters."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from fundtracker.application.actions.partner_forms.issuing import TO_ISSUE
from fundtracker.application.actions.partner_forms.states import FormStanding
from fundtracker.application.workspace import Workspace
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.grants import GrantStatus
from fundtracker.domain.periods import Quarter
from fundtracker.domain.records import by_name
from fundtracker.ui.form_commands import FormCommands
from fundtracker.ui.models.figures_table import FiguresTable
from fundtracker.ui.models.form_lines import OF_GRANT, OF_QUARTER, form_row
from fundtracker.ui.views.tables import LAST_TEXT, figures_table, fit
from fundtracker.ui.words import SPACE, push_button
from fundtracker.ui.wrapping import WrappingRow

TO_CHASE = frozenset({FormState.ISSUED, FormState.LATE, FormState.WITH_PROBLEMS})
_PARTNER = 1
"""The column."""
Line = tuple[Quarter, FormStanding]


class FormsPart(QWidget):
    """Enter on a line opens its form; where none was issued, its grant."""

    opened = Signal(object, int)
    said = Signal(str)

    def __init__(self, workspace: Workspace, *, of_grant: bool) -> None:
        super().__init__()
        self.workspace = workspace
        self._of_grant = of_grant
        self.lines: tuple[Line, ...] = ()
        self.commands = FormCommands(self, workspace, self.said.emit)
        self.model = FiguresTable(OF_GRANT if of_grant else OF_QUARTER, self)
        self.table = figures_table(
            "Forms of the grant" if of_grant else "Partner forms",
            self.model,
            spare=LAST_TEXT if of_grant else _PARTNER,
        )
        self.table.leads_on_double_click()
        fit(self.table)
        self.table.asked.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._look)
        self.issue_button = push_button(
            "Iss&ue forms...", "Write forms to a folder, with an e-mail to send each with", self._offer_issue
        )
        self.chase_button = push_button(
            "Ch&ase...", "A text to copy that asks for the chosen forms", self._chase
        )
        self.take_button = push_button(
            "&Take in a form...",
            "Read a form that came back; it can also be dropped on the window",
            self._take,
        )
        self.open_button = push_button("&Open the form", "What the chosen form said (Enter)", self._open_form)
        self.grant_button = push_button("Open the g&rant", "The page of the chosen grant", self._open_grant)
        if of_grant:
            self.grant_button.hide()
        row = WrappingRow()
        for each in self.buttons:
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self._look()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """From left to right."""
        return (self.issue_button, self.chase_button, self.take_button, self.open_button, self.grant_button)

    def show_lines(self, lines: Sequence[Line], partners: dict[int, str]) -> None:
        """Show these; the line that is chosen stays so."""
        before = self.table.currentIndex().row()
        key = self.model.rows[before].key if 0 <= before < len(self.model.rows) else None
        self.lines = tuple(lines)
        self.model.set_rows(
            [
                form_row(quarter, each, None if self._of_grant else partners.get(each.grant.id, ""))
                for quarter, each in self.lines
            ]
        )
        keys = [row.key for row in self.model.rows]
        if keys and not self.table.selectionModel().hasSelection():
            self.table.selectRow(keys.index(key) if key in keys else 0)
        self._look()

    # What is chosen

    def chosen(self) -> list[Line]:
        return [self.lines[row] for row in self.table.chosen_rows() if row < len(self.lines)]

    def _forms(self) -> list[PartnerForm]:
        return [each.form for _, each in self.chosen() if each.form is not None]

    def _look(self) -> None:
        """What can be done with what is chosen."""
        chosen = self.chosen()
        self.issue_button.setEnabled(any(wanted for _, wanted, _ in self._to_issue()))
        self.chase_button.setEnabled(any(each.state in TO_CHASE for _, each in chosen))
        self.open_button.setEnabled(bool(self._forms()))
        self.grant_button.setEnabled(bool(chosen))

    # Out

    def _to_issue(self) -> list[tuple[str, list[Line], bool]]:
        """The ways to issue: words, lines, whether they are second forms."""
        issuable = [line for line in self.lines if can_be_issued(line[1])]
        none_yet = [line for line in issuable if line[1].state is FormState.NOT_ISSUED]
        chosen = [line for line in self.chosen() if line in issuable]
        accepted = [line for line in self.chosen() if line[1].state is FormState.ACCEPTED]
        every = [(f"&All not issued yet ({len(none_yet)})...", none_yet, False)]
        return [
            *([] if self._of_grant else every),  # nobody asks a partner for quarters long past
            (f"&The chosen {'one' if len(chosen) == 1 else f'ones ({len(chosen)})'}...", chosen, False),
            ("A &second form in place of the accepted one...", accepted[:1], True),
        ]

    def _offer_issue(self) -> None:
        """Which of them; the menu stands below the button."""
        menu = QMenu(self)
        menu.setAccessibleName("Issue forms")
        for words, lines, second in self._to_issue():
            action = menu.addAction(words)
            action.setEnabled(bool(lines))
            action.triggered.connect(self._issuing(lines, second=second))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.issue_button.mapToGlobal(QPoint(0, self.issue_button.height())))
        menu.setActiveAction(next(each for each in menu.actions() if each.isEnabled()))

    def _issuing(self, lines: Sequence[Line], *, second: bool) -> Callable[[], None]:
        return lambda: self._issue(lines, second=second)

    def _issue(self, lines: Sequence[Line], *, second: bool) -> None:
        form = lines[0][1].form
        if second and form is not None:
            self.commands.issue_second(form)
            return
        wanted: dict[Quarter, list[int]] = {}
        for quarter, each in lines:
            wanted.setdefault(quarter, []).append(each.grant.id)
        self.commands.issue(wanted)

    def _chase(self) -> None:
        self.commands.chase(
            [each.form for _, each in self.chosen() if each.form is not None and each.state in TO_CHASE]
        )

    # In, and about

    def _take(self) -> None:
        self.commands.ask_take_in()

    def _open(self, row: int) -> None:
        target = self.model.rows[row].target
        if target is not None:
            self.opened.emit(by_name(target[0]), target[1])

    def _open_form(self) -> None:
        for form in self._forms()[:1]:
            self.opened.emit(PartnerForm, form.id)

    def _open_grant(self) -> None:
        for _, each in self.chosen()[:1]:
            self.opened.emit(type(each.grant), each.grant.id)


def can_be_issued(standing: FormStanding) -> bool:
    """Whether a form can be written for a grant as it stands."""
    return standing.state in TO_ISSUE and standing.grant.status is GrantStatus.AGREED
