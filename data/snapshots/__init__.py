"""Closed months: each a home of its own, with the facts, definitions and records as they were, which every later reading can open.

store/snapshots/<place>-<month>-<n>/    laid out as a home: data/*.yaml, kpis/..., data/store with facts, records and evidence
        statuses.json                   every goal's status with its reason, and every plan's truth line
        snapshot.json                   every file with its size and checksum
store/snapshots/made/<the same>/        what is made of it again whenever it is missing: forecasts, copies for a newer program

`freezing` closes a month, `frozen` finds it, `reopening` opens it again, `contents` is the list by which damage is found.
"""
