"""The places of the window, and the components they are made of."""
