"""Which form holds: forms of one quarter take each other's place, and the last accepted one stands."""

from collections.abc import Iterable

from fundtracker.domain.forms import PartnerForm, PartnerFormId


def standing_for(forms: Iterable[PartnerForm]) -> dict[PartnerFormId, PartnerForm]:
    """By the id of each accepted form the one that stands for it now: itself, or the last of those that took its place."""
    accepted = {each.id: each for each in forms if each.accepted_on is not None}
    follower = {each.replaces_id: each for each in accepted.values() if each.replaces_id is not None}
    found: dict[PartnerFormId, PartnerForm] = {}
    for form in accepted.values():
        last, seen = form, {form.id}
        while (following := follower.get(last.id)) and following.id not in seen:
            last = following
            seen.add(last.id)
        found[form.id] = last
    return found
