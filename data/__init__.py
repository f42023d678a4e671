"""What we know: facts and definitions, how they arrive, are checked, are kept and are read."""
