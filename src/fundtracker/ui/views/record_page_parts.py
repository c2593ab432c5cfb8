"""The head of a record's page: the way up, its neighbours, its name, its state, its money in words and as a bar."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.record_facts import MOST_STEPS, Facts, Step
from fundtracker.domain.columns import singular
from fundtracker.ui.models.bars import draw_bar
from fundtracker.ui.words import SPACE, heading, plain_label, plain_tip, push_button

INSET = 3
"""Pixels beside a link's words, for its frame: the first one stands where the page's other words begin."""

LEAST = 6
"""Characters of a link that are always shown."""


class Crumb(QToolButton):
    """A link to a record above."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.step: Step | None = None

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(words + 2 * INSET, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Of a long name at least the first letters; the tool tip has it whole."""
        wanted = self.sizeHint()
        least = self.fontMetrics().averageCharWidth() * LEAST + 2 * INSET
        return QSize(min(wanted.width(), least), wanted.height())

    @property
    def in_sight(self) -> str:
        """Its words, cut only where it is narrower than it asked for: letters stand between pixels, and their sum is rounded."""
        if self.width() >= self.sizeHint().width():
            return self.text()
        room = self.width() - 2 * INSET
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter, option = QStylePainter(self), QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = self.in_sight  # pyright: ignore[reportAttributeAccessIssue] - Qt's stub leaves it out
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.end()

    def show_step(self, to: Step) -> None:
        self.step = to
        self.setText(to.short.replace("&", "&&"))
        name = singular(to.kind)
        words = f"Up to {name[:1].lower()}{name[1:]} {to.words}"
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)


class Crumbs(QWidget):
    """What the record belongs to, from the top down: each a link. They are made beforehand, so that Tab finds them first."""

    asked = Signal(object, int)  # kind and id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Where this record stands")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        self._pairs: list[tuple[Crumb, QLabel]] = []
        for _ in range(MOST_STEPS):
            link, then = Crumb(), plain_label("›")
            link.clicked.connect(lambda _=False, link=link: self._ask(link))
            self._pairs.append((link, then))
            for each in (link, then):
                row.addWidget(each)
                each.hide()
        row.addStretch(1)

    @property
    def links(self) -> list[Crumb]:
        """Those that lead somewhere."""
        return [link for link, _ in self._pairs if not link.isHidden()]

    def show_steps(self, steps: Sequence[Step]) -> None:
        for place, (link, then) in enumerate(self._pairs):
            shown = place < len(steps)
            if shown:
                link.show_step(steps[place])
            link.setVisible(shown)
            then.setVisible(place + 1 < len(steps))

    def _ask(self, link: Crumb) -> None:
        if link.step is not None:
            self.asked.emit(link.step.kind, link.step.record_id)


class MoneyBar(QWidget):
    """A whole, what is full of it and what is hatched; the figures stand beside it in words, with a sign for each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sums = (0, 0, 0)
        self.setAccessibleName("Money as a bar")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_sums(self, sums: tuple[int, int, int], words: str) -> None:
        self.sums = sums
        self.setAccessibleDescription(words)
        self.setToolTip(plain_tip(words))
        self.setVisible(max(sums) > 0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 26, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        draw_bar(painter, self.rect().adjusted(1, 4, -2, -5), self.palette(), self.sums)
        painter.end()


class Head(QWidget):
    """Three lines: the way up and the neighbours; the name and what can be done; the state, and the money."""

    asked = Signal(object, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.crumbs = Crumbs()
        self.crumbs.asked.connect(self.asked)
        self._before: Step | None = None
        self._after: Step | None = None
        self.before_button = push_button(
            "‹ &Previous", "To the record before this one (Alt+PgUp)", self.go_before
        )
        self.after_button = push_button("&Next ›", "To the record after this one (Alt+PgDn)", self.go_after)
        for keys, act in (("Alt+PgUp", self.go_before), ("Alt+PgDown", self.go_after)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.title = heading()
        self.title.setWordWrap(True)
        self.state = plain_label(wrapped=True)
        self.state.setAccessibleName("State and dates")
        self.money = plain_label(wrapped=True)
        self.money.setAccessibleName("Money")
        self.bar = MoneyBar()
        self._actions = QHBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(_row(self.crumbs, self.before_button, self.after_button))
        top = _row(self.title)
        top.addLayout(self._actions)
        layout.addLayout(top)
        layout.addWidget(self.state)
        layout.addLayout(_row(self.money, self.bar))

    def add_action(self, button: QPushButton) -> None:
        self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def show_facts(self, facts: Facts, title: str, no_money: str) -> None:
        """`no_money` is said where a kind that holds money has none yet."""
        self.crumbs.show_steps(facts.above)
        self.title.setText(title)
        self.state.setText(facts.state)
        self.money.setText(facts.money.keyed or no_money)
        self.money.setAccessibleDescription(facts.money.words or no_money)
        self.money.setVisible(bool(facts.money.words or no_money))
        self.bar.show_sums(facts.money.bar, facts.money.words)
        self._before, self._after = facts.before, facts.after
        _name(self.before_button, facts.before, "Previous", "Alt+PgUp")
        _name(self.after_button, facts.after, "Next", "Alt+PgDn")

    def go_before(self) -> None:
        self._go(self._before)

    def go_after(self) -> None:
        self._go(self._after)

    def _go(self, to: Step | None) -> None:
        if to is not None:
            self.asked.emit(to.kind, to.record_id)


def _row(first: QWidget, *others: Any) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    row.addWidget(first, 1)
    for each in others:
        row.addWidget(each)
    return row


def _name(button: QPushButton, to: Step | None, word: str, keys: str) -> None:
    """Its tool tip says where it leads."""
    button.setEnabled(to is not None)
    tip = f"{word}: {to.words} ({keys})" if to else f"There is none: this is the {'first' if word == 'Previous' else 'last'}"  # fmt: skip
    button.setToolTip(plain_tip(tip))
    button.setAccessibleDescription(tip)
