"""What a review asks of whom, and by when."""
