"""The page Policy: why one policy should work, what carries it out, how it was judged, and what people say of it."""
