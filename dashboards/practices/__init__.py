"""The page Practices: what cities did about what indicators measure, with what shows that it works, what it cost and whom to ask."""
