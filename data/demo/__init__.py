"""The demo: Villa Quimera, a city that does not exist, with six years of figures that are the same every time.

What is built into the figures is told in docs/demo-city.md.
"""
