"""What every figure of a return means, once, in plain words with the source of its rule: notes here, small print in the PDF."""

from dataclasses import dataclass

TO_SIGN = "Chief Finance Officer (Section 151 Officer)"
"""Who is to sign, where nobody has yet (domain 5.2: no other signatories are accepted)."""
_ACCRUALS = "Grant agreement, managing the grant: accounted for on an accruals basis"
_VARIANCES = "Grant agreement, managing the grant: claims highlight significant variances"
_VAT = "Grant agreement, eligible expenditure: net of recoverable VAT, gross of irrecoverable VAT"
_UNDERSPEND = (
    "Grant agreement, managing the grant: tell the funder of an underspend as soon as it is forecast"
)
_PARTNERS = "Grant agreement, records to be kept: what a partner who holds the documents must give each year"
_ASSETS = "Grant agreement, inventory of the assets: the ten particulars"
_YEAR = "Grant agreement: money belongs to its financial year, and unspent money isn't carried over"
_MONITORING = "In-year monitoring schedule of the grant agreement"
_OFFICE = "The office's own control"


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's name, what it is, and whose rule that is."""

    name: str
    words: str
    source: str = ""

    @property
    def note(self) -> str:
        """As it stands beside a column's heading."""
        return f"{self.name}\n{self.words}" + (f"\nSource: {self.source}." if self.source else "")


DEFINITIONS: dict[str, Definition] = {
    "original_award": Definition(
        "Original award", "What the agreement first promised for the financial year.", _YEAR
    ),
    "award": Definition(
        "Award",
        "What the agreement promises for the financial year, with every variation approved and in force. Capital and"
        " resource together; years are never added.",
        _YEAR,
    ),
    "original_profile": Definition(
        "Original profile", "Spend planned for the financial year when the award was agreed.", _MONITORING
    ),
    "current_profile": Definition(
        "Current profile",
        "The original profile plus every re-profile approved and in force. Variances are measured against it.",
        _MONITORING,
    ),
    "spent": Definition(
        "Spent",
        "Eligible cost received in the period, reversals netted; a partner's cost once the office has accepted it.",
        _ACCRUALS,
    ),
    "eligible": Definition(
        "Eligible", "Net cost plus VAT that can't be recovered, as the cost now stands.", _VAT
    ),
    "claimed_before": Definition(
        "Claimed before",
        "What the submitted returns of this financial year said, their adjustments included. They are frozen.",
        _OFFICE,
    ),
    "this_quarter": Definition(
        "This quarter",
        "Eligible cost of goods and services received in the quarter reported, paid for or not.",
        _ACCRUALS,
    ),
    "accrued": Definition(
        "Of which accrued", "The part of this quarter with no invoice by the quarter's last day.", _ACCRUALS
    ),
    "adjustments": Definition(
        "Adjustments",
        "What the cost records now say about earlier quarters of this financial year, less what their returns said. Each has a"
        " reason in Costs.",
        _OFFICE,
    ),
    "claim": Definition(
        "Claim", "This quarter plus adjustments: what this return asks the funder to pay.", _ACCRUALS
    ),
    "to_date": Definition(
        "To date",
        "Claimed before plus this quarter plus adjustments. Equal to the cost records up to the quarter's last day.",
        _OFFICE,
    ),
    "forecast": Definition(
        "Forecast",
        "What the remaining quarters of the financial year are expected to cost, as last estimated.",
        _UNDERSPEND,
    ),
    "outturn": Definition(
        "Outturn", "To date plus the forecast of the remaining quarters of the financial year.", _VARIANCES
    ),
    "variance": Definition(
        "Variance", "Outturn less current profile. Negative (red) is an underspend.", _VARIANCES
    ),
    "variance_percent": Definition(
        "Variance %",
        "Variance as a percentage of the current profile, to one decimal. “Not planned” where there is no profile.",
        _VARIANCES,
    ),
    "reason": Definition(
        "Reason",
        "Why the outturn differs from the profile. Needed above the agreement's threshold.",
        _VARIANCES,
    ),
    "ordered": Definition(
        "Ordered, not received",
        "The office's own orders made and not yet received at the quarter's last day. In no claim and in no outturn of"
        " their own: what is to come of them stands in the forecast. With what partners have yet to spend, it is committed.",
        _OFFICE,
    ),
    "granted_unspent": Definition(
        "Granted, not yet spent",
        "Money of this financial year granted to partners under live agreements and not yet spent by them, at the"
        " quarter's last day. It belongs to no cost category.",
        _OFFICE,
    ),
    "received": Definition(
        "Received",
        "What the funder had paid by the quarter's last day for the returns of this financial year.",
    ),
    "unpaid": Definition("Claimed, not paid", "Claimed to date less received from the funder."),
    "left": Definition("Left of the award", "Award less claimed to date, of this financial year.", _YEAR),
    "committed": Definition(
        "Committed",
        "Ordered and not received, plus granted to partners and not yet spent by them, at the quarter's last day.",
        _OFFICE,
    ),
    "left_to_commit": Definition("Left to commit", "Left of the award less committed.", _YEAR),
    "earlier_years": Definition(
        "Corrections to earlier years",
        "What the cost records now say about earlier financial years, less what their returns said. Shown apart: never part of"
        " the claim, never charged to this year's money.",
        _YEAR,
    ),
    "spend_line": Definition(
        "Spend line",
        "The line of the Spend sheet this cost counts in. Filter by it to see every cost behind that line. Empty where the"
        " costs of a line cancel out and leave nothing in Spend.",
    ),
    "part": Definition(
        "Part",
        "Earlier return: claimed by a submitted return of this year. Adjustment: a change to an earlier quarter of this"
        " year. This quarter: new in this return.",
    ),
    "stands_in": Definition(
        "In return of",
        "The return that has this line. For a line that is new in it, that is the return the cost was first claimed in. A cost"
        " changed later has a line in each return that says so: it was first claimed in the earliest return that its number,"
        " under Cost, stands in. A correction to an earlier year isn't claimed: what was claimed stands in that year's returns.",
    ),
    "counts_in": Definition(
        "Counts in", "The quarter in which the goods or services were received.", _ACCRUALS
    ),
    "amount": Definition(
        "Amount",
        "What this line adds to the return it stands in. A cost changed after its return has a line for each change.",
        _OFFICE,
    ),
    "recoverable": Definition("VAT recoverable?", "Recoverable VAT is never claimed.", _VAT),
    "cost_reason": Definition(
        "Reason", "Why a cost came, or changed, after its quarter's return was submitted.", _OFFICE
    ),
    "evidence": Definition(
        "Evidence", "The documents held for the cost.", "Grant agreement, records to be kept"
    ),
    "match_to_date": Definition(
        "Match to date", "Match of this financial year up to the quarter reported. Never part of the claim."
    ),
    "match_required": Definition(
        "Match required", "The percentage the Terms ask for, of this financial year's award."
    ),
    "match_gap": Definition("Gap", "Match required less match to date, never below nought."),
    "secured": Definition("Secured?", "Confirmed in writing by who gives it."),
    "rag": Definition(
        "RAG",
        "1 Green, 2 Amber/Green, 3 Amber, 4 Amber/Red, 5 Red. Delivery: 1 on schedule, 2 small delay, 3 under three months"
        " late, 4 three to six months, 5 more. Spend: variance up to 5%, 15%, 30%, 50%, more.",
        _MONITORING,
    ),
    "trend": Definition(
        "Trend", "This quarter's three RAGs together against last quarter's: better, the same or worse."
    ),
    "days_late": Definition(
        "Days late", "Actual date, or else forecast date, less baseline date. Negative is early."
    ),
    "output_quarter": Definition("This quarter", "Done in the quarter, not to date. Nought is a reading."),
    "output_to_date": Definition("To date", "The sum of every quarter's reading up to this quarter."),
    "outcome_quarter": Definition("This quarter", "The level measured in this quarter."),
    "outcome_to_date": Definition("Latest", "The latest level measured up to this quarter."),
    "progress": Definition(
        "Progress",
        "(Actual less baseline) over (target less baseline), to a tenth of a per cent.",
        _MONITORING,
    ),
    "indicator_forecast": Definition(
        "Forecast",
        "What the indicator is now expected to come to by its end, as last estimated; to compare with its target.",
        _MONITORING,
    ),
    "indicator_evidence": Definition(
        "Evidence reference", "Where the evidence of this quarter's reading is found.", _MONITORING
    ),
    "agreement_version": Definition(
        "Agreement version", "The agreement as first made, or the variations of it in force.", _MONITORING
    ),
    "score": Definition("Score", "Impact times likelihood, each from 1 to 5."),
    "proximity": Definition("Proximity", "How soon the risk may happen."),
    "difference": Definition("Difference", "New sum less old sum."),
    "granted": Definition("Granted", "The whole grant, from every award that pays it, with its variations."),
    "from_award": Definition(
        "From this award", "The part of the grant that this award pays, over all years."
    ),
    "paid": Definition("Paid", "Instalments paid to the partner by the quarter's last day."),
    "scheduled": Definition("Scheduled", "Instalments agreed, and neither paid nor cancelled."),
    "partner_spent": Definition(
        "Spent and accepted",
        "What the partner spent and the office accepted. Paying a partner is not the partner spending.",
        _ACCRUALS,
    ),
    "unspent": Definition(
        "Unspent", "Paid less spent and accepted. Negative (red): the partner is out of pocket."
    ),
    "cfo_statement": Definition(
        "CFO's statement",
        "The partner's annual statement of how the money was spent, signed by its CFO.",
        _PARTNERS,
    ),
    "retention": Definition(
        "Undertaking to keep records", "The partner's signed undertaking to keep the documents.", _PARTNERS
    ),
    "asset_cost": Definition("Cost", "Net of recoverable VAT.", _ASSETS),
    "proceeds": Definition("Proceeds", "What its disposal brought, net of VAT.", _ASSETS),
    "underspend": Definition(
        "Forecast underspend", "Award less outturn, of this financial year, never below nought.", _UNDERSPEND
    ),
    "surrendered": Definition(
        "Surrendered", "What the office gives back to the funder of this year's award.", _UNDERSPEND
    ),
    "opening": Definition(
        "Opening", "What the last return closed with: every submitted return together.", _OFFICE
    ),
    "closing": Definition("Closing", "Opening plus this quarter plus adjustments.", _OFFICE),
    "ledger": Definition(
        "Cost records",
        "The cost records alone, up to the quarter's last day: worked out apart from the returns.",
        _OFFICE,
    ),
    "bridge_adjustments": Definition(
        "Adjustments",
        "In a row of this year: its adjustments in Spend. In a row of an earlier year: the correction, which isn't claimed.",
        _OFFICE,
    ),
}
"""By the name code knows a figure by."""


def note(name: str) -> str:
    """The note of a column's heading; "" for a column that needs none."""
    return DEFINITIONS[name].note if name else ""
