"""The symbolic reading: SymPy objects, and what they give, in workers."""
