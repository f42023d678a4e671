"""What the facts mean: goals, and every computation that judges. No SQL, no screen."""
