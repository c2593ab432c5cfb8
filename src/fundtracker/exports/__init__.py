"""Records and figures out of the program: spreadsheets, CSV and PDF. May import the domain, nothing else of ours.

A spreadsheet is described with `sheets` (Book, Sheet, Cell) or `list_sheets` (a list with headings), dressed with the
styles of `styles`, and written by `workbook_writer.save_workbook` (`sheet_rows`, `sheet_setup`, `sheet_text`, `sheet_xml`
and `sheet_charts` are its parts). CSV goes through `csv_text`, and nothing round it.

A PDF is a list of `pdf_pages.Section`s written by `pdf_pages.write_document`: each holds tables (`pdf_table`, of the columns
and cells of `pdf_cells`, measured in `pdf_layout`), charts (`pdf_charts`), tiles and blocks to sign (`pdf_parts`) and running
text (`pdf_text.para`). `pdf_look` has the colours, `pdf_piece` the border with reportlab, `pdf_ink` what writes straight
into a page's stream.
"""
