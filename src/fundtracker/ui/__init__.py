"""The window. It asks the Workspace and its actions, and draws what they answer; a rule found here moves down a layer.

Nothing heavy (SQLAlchemy, openpyxl, reportlab) is imported before the first paint: pages and actions that need it are imported on
first use. May import the application and the domain.
"""
