"""Schema versions, as Alembic revisions 0001, 0002... The file's user_version is the number of its revision."""

HEAD = 3
"""The newest revision. Known without loading Alembic, so that an up-to-date file opens fast; a test holds the two equal."""
