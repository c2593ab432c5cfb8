"""The verbs: the Workspace (the only writer) and the actions that the window and the commands share.

May import returns, exports, imports, storage and the domain; never the window.
"""
