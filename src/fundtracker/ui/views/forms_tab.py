"""FormsTab: a grant's forms, quarter by quarter, on its page."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fundtracker.application.actions.partner_forms.of_grant import grant_forms
from fundtracker.application.record_facts import Facts
from fundtracker.application.workspace import Changed
from fundtracker.domain.forms import PartnerForm
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.views.forms_part import FormsPart
from fundtracker.ui.views.record_page import RecordPage, TabOf
from fundtracker.ui.words import SPACE, plain_label


class FormsTab(QWidget):
    """Read off the window's thread."""

    help_page = "partner_forms"

    def __init__(self, page: RecordPage) -> None:
        super().__init__()
        self._page = page
        self._asked = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(SPACE)
        self.note = plain_label(
            "No quarter of this grant has begun yet, or nothing pays for it: name what does under Grant sources.",
            wrapped=True,
        )
        self.note.hide()
        layout.addWidget(self.note)
        self.part = FormsPart(page.workspace, of_grant=True)
        self.part.opened.connect(page.opened)
        self.part.said.connect(page.said)
        layout.addWidget(self.part, 1)
        layout.addStretch(0)

    def draw(self, _facts: Facts) -> None:
        self._asked += 1
        asked, workspace, record_id = self._asked, self._page.workspace, self._page.record_id

        def work(_progress: Progress) -> Any:
            return grant_forms(workspace, record_id)

        def take(lines: Any) -> None:
            if asked == self._asked:
                self._show(lines)

        Question(self, work, take).start()

    def _show(self, lines: Any) -> None:
        self.note.setVisible(not lines)
        self.part.show_lines(lines, {})

    def heard(self, changed: Changed) -> None:
        """The page reads its facts anew for its own kinds; forms are this tab's."""
        if PartnerForm in changed.kinds and self._page.facts is not None:
            self.draw(self._page.facts)


def forms_tab() -> TabOf:
    return TabOf("Forms", FormsTab, "The monitoring forms of each quarter: issued, late, received, accepted")
