"""Eight forms as partners send them back, for the mutator; and the programme's file that they were issued from."""

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

from conftest import office
from filing import filed
from fundtracker.application.actions.partner_forms import issue_form, look_at_form, write_marked
from fundtracker.application.workspace import Workspace
from fundtracker.domain.grants import Grant, GrantId, GrantSource, GrantSourceId
from fundtracker.domain.interventions import InterventionId
from fundtracker.domain.organisations import OrganisationId
from fundtracker.domain.partner_forms.layout import Who
from partner import TODAY, Answers, Partner, records, sound
from partnering import Q2, Q3, YEAR, pounds

PROGRAMME = "office.fundtracker"
OF_OFFICE = ("7 saved by LibreOffice", "8 marked, saved by LibreOffice")


def prepared(folder: Path, *, everything: bool) -> list[str]:
    """The file and the forms in `folder`; the names of the forms: all eight (six without LibreOffice), or three, quickly made."""
    folder.mkdir(exist_ok=True)
    with filed(folder / PROGRAMME, records(*_second_grant(), without=[3, 4]), today=TODAY) as workspace:
        forms = _Forms(workspace, folder)
        names = [forms.issued(), forms.filled(), forms.marked()]
        if everything:
            names += [forms.moved(), forms.other_grant(), forms.other_quarter()]
    if everything and office():
        _save_by_office(folder, {"2 filled": OF_OFFICE[0], "3 marked": OF_OFFICE[1]})
        names += OF_OFFICE
    return names


def _second_grant() -> tuple[Grant, GrantSource]:
    grant = Grant(
        id=GrantId(2), reference="G-2", title="Lights", recipient_id=OrganisationId(1), starts_on=date(2023, 10, 1), ends_on=date(2025, 3, 31),
    )  # fmt: skip
    source = GrantSource(id=GrantSourceId(9), grant_id=grant.id, intervention_id=InterventionId(2), year=YEAR, amount=pounds("400"))  # fmt: skip
    return grant, source


class _Forms:
    """Issued by the program and filled in by hand, each saved under its name."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace, self.folder = workspace, folder

    def _issue(self, name: str, grant: int = 1, quarter: Any = Q2) -> Partner:
        _, path = issue_form(self.workspace, grant, quarter, self.folder)
        return Partner(path.rename(self.folder / f"{name}.xlsx"))

    def _filled(self, name: str, values: Answers | None = None) -> Partner:
        partner = self._issue(name)
        partner.fills(look_at_form(self.workspace, partner.path).case, values or sound())
        return partner

    def issued(self) -> str:
        self._issue("1 as issued")
        return "1 as issued"

    def filled(self) -> str:
        values = sound()
        values["risks"] = {"RISK-1": {"impact": 4, "mitigation": "A second worker is trained"}}
        values["new_risks"] = {"RISK-NEW-1": {"title": "Columns late", "category": "Partners", "impact": 3, "likelihood": 4, "proximity": "1 Now"}}  # fmt: skip
        self._filled("2 filled", values).saves()
        return "2 filled"

    def marked(self) -> str:
        """With faults, and sent back for them."""
        partner = self._filled("before")
        for key, heading, value in (
            ("COST-001", "Net", "a lot"),
            ("COST-007", "Received", "31/02/2024"),
            ("OUT-1", "This quarter", -4),
        ):
            partner.types(key, heading, value)
        looked = look_at_form(self.workspace, partner.saves())
        write_marked(self.workspace, looked, self.folder / "3 marked.xlsx")
        partner.path.unlink()
        return "3 marked"

    def moved(self) -> str:
        """Sorted, with rows and columns put in, sheets renamed."""
        partner = self._filled("4 moved")
        partner.sorts("Costs", 8, 207, by=12)
        partner["Costs"].insert_rows(1, 4)
        partner["Spend"].insert_cols(4)
        partner["Costs"].title = "Our invoices"
        partner["Outputs"].sheet_state = "hidden"
        partner.saves()
        return "4 moved"

    def other_grant(self) -> str:
        return self._answered("5 another grant", 2, Q2)

    def other_quarter(self) -> str:
        return self._answered("6 another quarter", 1, Q3)

    def _answered(self, name: str, grant: int, quarter: Any) -> str:
        """Nothing spent: noughts wherever a sum is asked for, and words for the rest."""
        partner = self._issue(name, grant, quarter)
        case = look_at_form(self.workspace, partner.path).case
        for table in case.tables:
            if table.all_or_none:
                continue
            for key in case.rows[table.name]:
                for column in table.columns:
                    if column.who is Who.PARTNER and column.required:
                        partner.types(key, column.heading, 0 if column.kind.right_aligned else "As before")
        partner.saves()
        return name


def _save_by_office(folder: Path, names: dict[str, str]) -> None:
    """Another program's own way of writing the same workbooks."""
    theirs = folder / "theirs"
    command = [
        str(office()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
        "--outdir", str(theirs), *(str(folder / f"{each}.xlsx") for each in names),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for ours, name in names.items():
        (theirs / f"{ours}.xlsx").rename(folder / f"{name}.xlsx")
