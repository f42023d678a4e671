"""What cities did and others may learn from: where, since when, what shows that it works, what it cost and whom to ask."""
