"""python -m tests.bench: every figure beside its reference, measured in turns in one run on this machine."""

from tests.bench import (
    bench_agenda,
    bench_closing,
    bench_corrections,
    bench_facts,
    bench_foresight,
    bench_impact,
    bench_index,
    bench_index_page,
    bench_ingest,
    bench_judge,
    bench_judge_country,
    bench_neighbours,
    bench_pages,
    bench_peers,
    bench_plan,
    bench_progress,
    bench_reports,
    bench_rollup,
    bench_signals,
)
from tests.bench.figure import table


def main() -> None:
    """Minutes long; nothing here passes or fails."""
    measured = [bench_pages, bench_judge, bench_judge_country, bench_signals, bench_foresight, bench_facts, bench_ingest]
    measured += [bench_corrections, bench_rollup, bench_plan, bench_progress, bench_agenda, bench_closing, bench_reports, bench_impact]
    measured += [bench_index, bench_neighbours, bench_peers, bench_index_page]
    print(table(figure for bench in measured for figure in bench.measure()))


if __name__ == "__main__":
    main()
