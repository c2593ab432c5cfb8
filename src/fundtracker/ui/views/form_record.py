"""The page of one partner form: what it said, row by row and in words; the costs that came of it; the files it came in."""

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fundtracker.application.form_facts import form_head, form_state, form_title
from fundtracker.application.record_facts import Facts
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading, FormReason
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.periods import long_date
from fundtracker.ui.form_commands import FormCommands
from fundtracker.ui.models.figures_table import Heading, TableRow
from fundtracker.ui.views.forms_part import TO_CHASE
from fundtracker.ui.views.record_page import ActionOf, PageOf, RecordPage, TabOf
from fundtracker.ui.views.record_page_tabs import details, history, lists, parted
from fundtracker.ui.views.record_pane import Child
from fundtracker.ui.views.return_parts import wrapping_table
from fundtracker.ui.words import SPACE, plain_label

WORDS = (Heading("Asked", 26), Heading("What the form says", 80))


class WordsTab(QWidget):
    """The narrative and the declaration."""

    def __init__(self, _page: RecordPage) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        self.empty = plain_label(
            "It isn't accepted yet: what a form says is kept from then on.", wrapped=True
        )
        layout.addWidget(self.empty)
        self.model, self.table = wrapping_table("Narrative and declaration", WORDS, 1)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)

    def draw(self, facts: Facts) -> None:
        form = facts.item
        rows = [TableRow(pair, key=pair[0]) for pair in _words(form)] if isinstance(form, PartnerForm) else []
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)


def _words(form: PartnerForm) -> Iterator[tuple[str, str]]:
    if form.accepted_on is None:
        return
    yield "What was done", form.done
    yield "What stands in the way", form.challenges
    yield "What comes next", form.coming
    day = f" on {long_date(form.declared_on)}" if form.declared_on else ""
    yield "Declared by", f"{', '.join(filter(None, (form.declared_by, form.declared_role)))}{day}"
    if form.reason:
        yield "Why it replaces another form", form.reason


def _commands(page: RecordPage) -> FormCommands:
    return FormCommands(page, page.workspace, page.said.emit)


def _form(page: RecordPage) -> PartnerForm:
    return page.workspace.get(PartnerForm, page.record_id)


def _take_in(page: RecordPage) -> None:
    _commands(page).ask_take_in(_form(page))


def _chase(page: RecordPage) -> None:
    _commands(page).chase([_form(page)])


def _is_open(facts: Facts) -> bool:
    return isinstance(facts.item, PartnerForm) and facts.item.accepted_on is None


def _to_chase(facts: Facts) -> bool:
    form = facts.item
    return _is_open(facts) and isinstance(form, PartnerForm) and facts.money.of in TO_CHASE


FORM = PageOf(
    PartnerForm,
    (
        TabOf("In words", WordsTab, "The narrative and the declaration"),
        parted(
            "Figures",
            Child(FormLine, "form_id", "Spend"),
            Child(FormForecast, "form_id", "Forecasts"),
            Child(FormReason, "form_id", "Reasons"),
            Child(FormReading, "form_id", "Readings"),
            about="Spend, forecasts, reasons for variances, and readings of outputs and outcomes, as the form said them",
        ),
        lists("Costs", Child(Cost, "form_id", "Costs"), about="The costs that came of it"),
        lists("Documents", Child(Document, "form_id", "Documents"), about="The files it came in, and what was sent along"),
        details(),
        history(),
    ),
    money=form_head,
    state=form_state,
    title=form_title,
    actions=(
        ActionOf("Take &in...", "Read this form as it came back", _take_in, _is_open),
        ActionOf("&Chase...", "A text to copy that asks for it", _chase, _to_chase),
    ),
    hears=frozenset({FormLine, FormForecast, FormReason, FormReading}),
)  # fmt: skip
