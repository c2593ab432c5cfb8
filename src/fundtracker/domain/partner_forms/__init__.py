"""The partner form: what is on it, what is prefilled, what came back, what is wrong with that, what accepting it would change.

Writer (`returns.partner_form`) and reader (`imports.form_reading`) know the form by `layout` alone. Standard library only.
"""
