"""One verb each: what a person can do, whether from the window or from a command."""
