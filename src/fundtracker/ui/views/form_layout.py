"""FormLayout: Qt's form, with each row as high as what stands in it also after one has changed its height."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QFormLayout


class FormLayout(QFormLayout):
    """Qt keeps heights worked out for its sizeHint's width beside the width they should be for, and lays out with them: help of two
    lines then lost its second.
    """

    def setGeometry(self, rect: QRect) -> None:
        if self.hasHeightForWidth():
            self.heightForWidth(rect.width() + 1)  # another one, or it would take what it has
            self.heightForWidth(rect.width())
        super().setGeometry(rect)
