"""The file: its tables, its sealed history, its records and its lists.

Opened with the standard driver, so that a window is on screen before SQLAlchemy and Alembic are loaded; those make and
migrate the tables. May import the domain and nothing else of fundtracker.
"""
