"""The auditor's pack as it is drawn: what it says (`contents`), its index, its first page, and how its files are named.

The files are put together and checked by `application.actions.pack`.
"""
