"""The places of the window that show records: what each is called, and how its page is made."""

from fundtracker.application.glance import Within
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.columns import Record, plural
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.rounds import Fund, FundingRound
from fundtracker.ui.navigation import FORMS, HISTORY, LEDGER, MAIN_PLACES, MISSING, TWICE
from fundtracker.ui.views.page import Page

SHORT_NAMES: dict[type[Record], str] = {
    FundingRound: "Rounds",
    PartnerForm: "All partner forms",
    LedgerLine: LEDGER,
}
"""Where the place of a kind isn't called as its list is; partner forms have a place of their own beside their list."""


def place_of(kind: type[Record]) -> str:
    """The name of the place that lists a kind."""
    return SHORT_NAMES.get(kind, plural(kind))


HAS_PAGE: frozenset[type[Record]] = frozenset(
    {Fund, FundingRound, Bid, Award, Intervention, Grant, PartnerForm, FunderReturn}
)
"""Kinds whose records have a page of their own."""
KIND_OF = {place_of(kind): kind for kind in RECORDS}
OTHER_PLACES = tuple(sorted({*KIND_OF, MISSING, TWICE} - set(MAIN_PLACES)))


def shown_at(kind: type[Record]) -> str:
    """The place that is marked in the list of places while a record of a kind is looked at."""
    return FORMS if kind is PartnerForm else place_of(kind)


def make_page(place: str, workspace: Workspace) -> Page:
    """The page of a place, made when it is first visited."""
    if place == HISTORY:
        from fundtracker.ui.views.history_page import HistoryPage

        return HistoryPage(workspace)
    if place == FORMS:
        from fundtracker.ui.views.forms_page import FormsPage

        return FormsPage(workspace)
    if place == MISSING:
        from fundtracker.ui.views.missing_page import MissingPage

        return MissingPage(workspace)
    if place == TWICE:
        from fundtracker.ui.views.twice_page import TwicePage

        return TwicePage(workspace)
    if place == LEDGER:
        from fundtracker.ui.views.ledger_page import LedgerPage

        return LedgerPage(workspace)
    from fundtracker.ui.views.list_page import ListPage

    return ListPage(workspace, KIND_OF[place])


def make_narrowed_page(place: str, within: Within, workspace: Workspace) -> Page:
    """The page of a place, narrowed by path conditions to the rows behind a figure or a task; it says what it is narrowed to."""
    from fundtracker.application.behind import words_behind
    from fundtracker.ui.views.list_page import ListPage

    if place == FORMS:
        from fundtracker.ui.views.forms_page import FormsPage

        return FormsPage(workspace, within)
    if place == MISSING:
        from fundtracker.ui.views.missing_page import MissingPage

        return MissingPage(workspace, within)
    if place == TWICE:
        from fundtracker.ui.views.twice_page import TwicePage

        return TwicePage(workspace, within)
    kind = KIND_OF[place]
    if place == LEDGER:
        from fundtracker.ui.views.ledger_page import LedgerPage

        page: ListPage = LedgerPage(workspace, within)
    else:
        page = ListPage(workspace, kind, within=within)
    page.say_narrowed(lambda: words_behind(workspace, kind, within))
    return page


def make_record_page(kind: type[Record], record_id: int, workspace: Workspace) -> Page | None:
    """The page of one record, for kinds that have one."""
    if kind is FunderReturn:
        from fundtracker.ui.views.return_page import ReturnPage

        return ReturnPage(workspace, record_id)
    if kind not in HAS_PAGE:
        return None
    from fundtracker.ui.views.record_page import RecordPage
    from fundtracker.ui.views.record_page_kinds import page_of

    return RecordPage(workspace, page_of(kind), record_id)
