"""A snapshot as one canonical text, and back. The same snapshot always gives the same text, so its hash is its name."""

import dataclasses
import hashlib
import json
import types
import typing
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from fundtracker.domain.money import Money
from fundtracker.domain.snapshot import Snapshot


def canonical(snapshot: Snapshot) -> str:
    """JSON with sorted keys and no spaces; money as whole pence, decimals and dates as text."""
    return json.dumps(_plain(snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def recalled(text: str) -> Snapshot:
    """The snapshot that `canonical` wrote."""
    return _value(Snapshot, json.loads(text))


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.pence
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in typing.cast("tuple[Any, ...]", value)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


_FROM_PLAIN: dict[Any, Any] = {Money: Money, date: date.fromisoformat, Decimal: Decimal}


def _value(hint: Any, plain: Any) -> Any:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in hint.__args__ if part is not types.NoneType)
    if plain is None:
        return None
    if typing.get_origin(hint) is tuple:
        return tuple(_value(hint.__args__[0], each) for each in plain)
    if hint in _FROM_PLAIN:
        return _FROM_PLAIN[hint](plain)
    if dataclasses.is_dataclass(hint):
        kind = typing.cast("type", hint)
        return kind(**{name: _value(of, plain[name]) for name, of in _hints(kind).items()})
    return plain
