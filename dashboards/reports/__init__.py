"""What is printed: each report says what stands in it apart from how it is written."""
