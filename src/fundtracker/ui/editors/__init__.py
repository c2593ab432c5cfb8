"""Editors: one for each kind of value, used by forms and tables alike."""
