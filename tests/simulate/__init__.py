"""Estimators and verdicts on hundreds of panels whose truth is known: how often intervals hold it, and how often a verdict is wrong."""
