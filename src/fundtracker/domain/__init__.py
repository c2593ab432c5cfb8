"""What the programme is: its records, periods and money, and the figures and rules over them.

Standard library only, and no input or output: everything here can be tested with plain values.
May import nothing else of fundtracker.
"""
