"""The workshop: a goal changed in its own file, checked and judged while it is written, and saved with its reason."""
