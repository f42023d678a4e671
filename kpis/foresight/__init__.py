"""What is likely to come: forecasts with calibrated intervals, the chance of a goal, scenarios, and the register of trends."""
