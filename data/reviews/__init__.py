"""The monthly review of a place: collected, analysed, weighed for risk, and closed."""
