"""What a review's meeting talks about, decides and asks for, and the concerns that people raise."""
