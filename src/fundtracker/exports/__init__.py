"""Records and figures out of the program: spreadsheets, CSV and PDF tables. May import the domain, nothing else of ours.

A spreadsheet is described with `sheets` (Book, Sheet, Cell) or `list_sheets` (a list with headings), dressed with the
styles of `styles`, and written by `workbook_writer.save_workbook`. CSV goes through `csv_text`, and nothing round it.
"""
