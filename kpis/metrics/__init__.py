"""Metrics: numbers computed from indicators, which a goal takes as it takes an indicator. docs/metrics.md has them in words.

definition    what a metric is, as it is written under `metrics:` in kpis/definitions/*.yaml
formula       the small grammar of `expr`, read into a tree
expression    the tree as a Polars expression
measure       a metric beside what it leans on: its frequency, its kind, and the indicator that screens take it for
rules         what is demanded of a metric
grain         a series brought to a longer period
running       a series added up since January, since the mandate began, or over the last periods
compute       the series of metrics from those of indicators
observations  facts and metrics in one frame
"""
