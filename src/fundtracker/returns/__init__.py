"""The quarterly return as documents: a workbook and a PDF, both drawn from one frozen snapshot and from nothing else.

A workbook_*.py draws a group of sheets, a pdf*.py a part of the PDF; `definitions` holds the meaning of every figure
for both. Imports `exports` and `domain`.
"""
