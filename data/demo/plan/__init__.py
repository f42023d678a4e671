"""The demo's mandate plan: a story in YAML, told month by month into the records through the verbs that people use.

story.py reads it, timeline.py says what happens when, build.py writes it. Told in docs/demo-city.md.
"""
