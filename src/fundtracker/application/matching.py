"""Names alike: whether two spellings mean the same supplier, and why the program thinks so.

Known for sure: the same letters, an alias that the office keeps, or a pair that somebody matched before. Else rapidfuzz says how
alike they are, in per cent.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import NamedTuple

from fundtracker.domain.organisations import Organisation, Partnership

SAME, ALIKE = 90, 75
"""Per cent from which two names are taken for one, and for perhaps one."""
_NO_NAME = frozenset({"ltd", "limited", "plc", "llp", "llc", "inc", "cic", "cio", "the", "co", "company"})
_CUT = 10
"""Letters: finance systems cut names, so a name that another begins with is that name, where it is at least so long."""
_CUT_COUNTS = 94
_NOTHING = 50
"""Per cent below which it isn't said how little alike two names are: they are 0."""
_WORDS = re.compile(r"[^\w]+")


class Alike(NamedTuple):
    """How alike two names are, from 0 to 100, and why, as it stands within a sentence."""

    percent: int
    why: str


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A name as it is compared: no capitals, punctuation or legal form ("Smith & Co. Ltd" is "smith and")."""
    words = _words(name)
    kept = [each for each in words if each not in _NO_NAME]
    return " ".join(kept or words)


@lru_cache(maxsize=50_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORDS.sub(" ", name.casefold().replace("&", " and ").replace("'", "")).split())


def likeness(one: str, other: str) -> int:
    """How alike two names are, from 0 to 100, whatever the order of their words."""
    keys = name_key(one), name_key(other)
    if not all(keys):
        return 0
    if keys[0] == keys[1]:
        return 100
    short, long = sorted((" ".join(_words(one)), " ".join(_words(other))), key=len)
    if len(short) >= _CUT and long.startswith(short):
        return _CUT_COUNTS
    from rapidfuzz import fuzz  # with the first names that differ: many files never ask

    return round(fuzz.token_sort_ratio(*keys, score_cutoff=_NOTHING))


def aliases_of(text: str) -> tuple[str, ...]:
    """Spellings kept in one field, parted by semicolons."""
    return tuple(each.strip() for each in text.split(";") if each.strip())


class Names:
    """Compares names by what the office knows: aliases of organisations and partnerships, and pairs matched before."""

    def __init__(
        self,
        organisations: Iterable[Organisation] = (),
        partnerships: Iterable[Partnership] = (),
        matched: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._who: dict[str, Hashable] = {}
        self._called: dict[Hashable, str] = {}
        self._matched: dict[str, set[str]] = defaultdict(set)
        self._found: dict[tuple[str, str], Alike] = {}
        for each in organisations:
            self._know(("organisation", each.id), each.name, each.name, *aliases_of(each.aliases))
        for each in partnerships:
            body = each.accountable_body_id
            who = ("organisation", body) if body else ("partnership", each.id)
            self._know(who, each.name, each.name, *aliases_of(each.aliases))
        for one, other in matched:
            self._matched[name_key(one)].add(name_key(other))

    def _know(self, who: Hashable, called: str, *names: str) -> None:
        self._called.setdefault(who, called)
        for each in names:
            self._who.setdefault(name_key(each), who)

    def who(self, name: str) -> Hashable:
        """The same for every spelling of a known name; of an unknown one its own key."""
        key = name_key(name)
        return self._who.get(key, key)

    def spellings(self, name: str) -> frozenset[Hashable]:
        """Everybody a name in the ledger may stand for, by what is known for sure."""
        key = name_key(name)
        return frozenset(
            {self._who.get(key, key), *(self._who.get(each, each) for each in self._matched.get(key, ()))}
        )

    def compare(self, in_ledger: str, ours: str) -> Alike:
        """A supplier's name in the ledger beside one of ours."""
        asked = (in_ledger, ours)
        if asked not in self._found:
            self._found[asked] = self._compared(in_ledger, ours)
        return self._found[asked]

    def _compared(self, in_ledger: str, ours: str) -> Alike:
        one, other = name_key(in_ledger), name_key(ours)
        if not one or not other:
            return Alike(0, "")
        if one == other:
            return Alike(100, "the supplier is the same")
        who = self._who.get(one)
        if who is not None and who == self._who.get(other):
            return Alike(100, f"the supplier is another name of {self._called[who]}")
        if other in self._matched.get(one, ()):
            return Alike(100, f"the supplier was matched to {ours} before")
        percent = likeness(in_ledger, ours)
        if percent >= ALIKE:
            return Alike(percent, f"the supplier is like {ours} ({percent}%)")
        return Alike(percent, f"the supplier differs from {ours}")
