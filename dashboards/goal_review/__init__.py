"""What areas say of their goals in the review of a month: what moved each and why, and what could keep it from its target."""
