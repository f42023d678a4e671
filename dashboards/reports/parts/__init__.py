"""What several reports say alike: the same words and figures as the pages of the panel."""
