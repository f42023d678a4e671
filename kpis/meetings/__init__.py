"""What a meeting should talk about first, and whether what it asked for was done."""
