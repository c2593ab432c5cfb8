"""The demonstration programme: Gloucestershire's Safer Streets money as data, and as a story of steps.

`story.story()` gives the steps in order; `play` plays them through the real Workspace: partner forms are drawn, filled in, read
and accepted as workbooks (`play_papers`, `form_filling`), the finance system's listings taken in and matched (`listing`). Public
figures (awards, rounds, the two published grants, the cut of August 2024) are real, from the Police and Crime Plan and the Home
Office's page; all else is invented and marked "illustrative" or "(example)". What only tells the story imports the domain alone.
"""
