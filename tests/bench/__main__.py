"""python -m tests.bench: every figure beside its reference, measured in turns in one run on this machine."""

from tests.bench import bench_facts, bench_judge, bench_pages
from tests.bench.figure import table


def main() -> None:
    """Minutes long; nothing here passes or fails."""
    print(table([*bench_pages.measure(), *bench_judge.measure(), *bench_facts.measure()]))


if __name__ == "__main__":
    main()
