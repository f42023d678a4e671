"""What a meeting talks about, and what came of it."""
