"""Partner forms: issued (`issuing`), looked at when they come back (`looking`), accepted or sent back (`accepting`).

`intake` and `intake_costs` make the changes of an acceptance, `states` says where each grant's form stands, `wording` has the
e-mails to copy.
"""

from fundtracker.application.actions.partner_forms.accepting import accept_form, send_back, write_marked
from fundtracker.application.actions.partner_forms.issuing import Issued, issue_form, issue_forms
from fundtracker.application.actions.partner_forms.looking import FormLooked, look_at_form
from fundtracker.application.actions.partner_forms.states import FormStanding, form_states
from fundtracker.application.actions.partner_forms.wording import chasing_text, covering_text

__all__ = [
    "FormLooked", "FormStanding", "Issued", "accept_form", "chasing_text", "covering_text", "form_states", "issue_form",
    "issue_forms", "look_at_form", "send_back", "write_marked",
]  # fmt: skip
