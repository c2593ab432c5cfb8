"""What a form says to whoever fills it in, sheet by sheet. Plain English, in the order in which a busy person needs it."""

TITLES = {
    "Spend": "Spend by intervention and category",
    "Budget": "Budget of the year",
    "Costs": "Your costs of the quarter, invoice by invoice",
    "Outputs": "What you did in the quarter",
    "Milestones": "Milestones",
    "Risks": "Risks",
    "Narrative": "In your own words",
    "Declaration": "Declaration by your finance officer",
}
SHORT = {
    "Costs": "Each invoice or payroll line of the quarter: who, what, when, how much",
    "Spend": "What you spent in each line, and what you expect to spend in the rest of the year",
    "Budget": "Nothing to type, unless spend and forecast are far from the budget: then say why",
    "Outputs": "What you did this quarter, in numbers",
    "Milestones": "Check our dates; change those that have moved or been met",
    "Risks": "Check the scores; add new risks",
    "Narrative": "Three short answers",
    "Declaration": "Last of all: your finance officer checks the form and puts a name to it",
}
ORDER = tuple(SHORT)
"""The order in which a form is filled in, and its sheets stand."""
TOLD = {
    "Spend": (
        "For each line, type what you spent in the quarter: goods and services received in it, whenever they are paid for. Type 0"
        " where there was nothing. The difference from your cost lines must be nil. Lines are fixed: if a cost fits none of them, ask us."
    ),
    "Budget": (
        "This sheet works itself out from the Spend sheet. Give a reason where its cell turns red: what is left of the budget, over or"
        " under, is then more than the grant allows without one. Money not spent by 31 March is lost unless we agree otherwise first."
    ),
    "Costs": (
        "One row for each invoice or payroll line received in the quarter; leave the rows you don't need empty. A cell turns red while its"
        " row lacks something. Credit notes are negative amounts. Send the invoices with the form, under the names you give as evidence."
    ),
    "Outputs": "Type what was done in this quarter alone, not to date. 0 is an answer; an empty cell is not.",
    "Milestones": (
        "These are the dates we hold. Type the day something was done; where it isn't done and will be later, change the day on which"
        " you now expect it. A day that has passed needs one or the other."
    ),
    "Risks": "These are the risks and scores we hold. Change what has changed, close what has passed, and add new risks at the foot.",
    "Narrative": "A few plain sentences for each question. The count at the right turns red above the limit.",
    "Declaration": "For your Section 151 officer, chief finance officer or treasurer, once every other sheet says Done.",
}
HOW = (
    "Fill in the cream cells only. Grey cells are ours and blue ones work themselves out; both are locked.",
    "Begin with Costs, then Spend. Each sheet says To do until nothing is missing, then Done.",
    "Milestones and risks come with what we hold. Check them, even where the sheet says Done.",
    "Choose from the list where a cell offers one. Paste with Paste Special, Values only.",
    "Keep the sheets, the headings and the hidden columns: we read the form by them.",
    "When everything says Done, save it as an Excel workbook (.xlsx) and send it back with your invoices.",
)
LATE = "A late form may delay your next payment."
