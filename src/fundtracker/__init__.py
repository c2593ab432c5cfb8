"""fundtracker: Safer Streets rounds, bids, awards and grants, and the Home Office returns they owe."""

__version__ = "0.1.0"
