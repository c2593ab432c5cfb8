"""Draws a partner's monitoring form as a workbook, from a FormCase; `layout` says what stands on it.

`book.form_book` describes it and `book.save_form` writes it. `places` says where each table stands, `table` draws one, `states`
has the formulas of the status cells, `start` the first sheet. Read back by `imports.form_reading`, which goes by keys and headings.
"""

from fundtracker.returns.partner_form.book import form_book, save_form

__all__ = ["form_book", "save_form"]
