"""The demonstration programme: Gloucestershire's Safer Streets money as data, and as a story of steps.

`story.story()` gives the steps in order; whoever holds a Workspace plays them. Public figures (awards, rounds, the two
published grants, the cut of August 2024) are real, from the Police and Crime Plan and the Home Office's page; all else is
invented and marked "illustrative" or "(example)". Imports the domain only.
"""
