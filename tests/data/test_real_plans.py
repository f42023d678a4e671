"""Published plans beside the checkout: what they say of themselves is what we read, and each goes out as it came in."""

from collections.abc import Iterator
from math import fsum
from pathlib import Path

import pytest

from data.plan_files.cells import Table, grids
from data.plan_files.formats import read, read_by_map
from data.plan_files.gobierto_indicators import export as figures_out
from data.plan_files.gobierto_indicators import keep, recognise
from data.plan_files.gobierto_indicators import read as read_figures
from data.plan_files.headline import progress, statuses
from data.plan_files.kept import kept
from data.plan_files.plan_map import Said
from data.plan_files.reading_rows import Setting
from data.plans.document import PlanDocument
from data.plans.reading import tree
from data.records.records import Records
from kpis.plans.rollup import headlines
from tests.conftest import ROOT
from tests.plan_sheets import DAY, SETTING, adopted, gone_out
from tests.recorded_town import records_of

MAPS = ROOT / "docs" / "plan-maps"
FORMATS = {
    "gobierto_plan.csv": ("gobierto", 31, 54.6875), "gobierto_plan_level0_comma.csv": ("gobierto", 44, 86.11111111111111),
    "gobierto_plan_update.csv": ("gobierto", 7, 33.333333333333336), "gobierto_plan_blank_statuses.csv": ("gobierto", 31, 54.6875),
    "gobierto_plan_esplugues_real_head60.csv": ("gobierto", 115, 84.5),
    "decidim_accountability_valid_result.csv": ("decidim", 5, (96 + 31 + 27) / 3),
    "decidim_accountability_legacy_exported.csv": ("decidim", 2, 27.0), "barcelona_pam_results.csv": ("decidim", 4, 94.5),
    "tet_one_fiche_plan.xlsx": ("tet", 4, None),
}  # fmt: skip
"""Of each sample: its format, how many nodes it has with the levels above its rows, and the mean of what its actions declare."""
TABLES = {
    "guatape": "plan_guatape_2024_2027/programas.csv",
    "barcelona": "plan_barcelona_pam/barcelona_pam_action_plans.csv",
    "capital_projects": "nyc_capital_projects_fy21/nyc_capital_projects_geolocated.csv",
    "open_government": "plan_ogp_commitments/ogp_open_parliament_commitments.csv",
}


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Records]:
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    with records_of(tmp_path / "home") as found:
        yield found


def there(shared: Path, name: str) -> Path:
    """A file of the shared data."""
    path = shared / "data" / name
    if not path.is_file():
        pytest.skip(f"{name} is not among the public data beside this checkout")
    return path


def sample(shared: Path, name: str) -> Path:
    return there(shared, f"plan_samples/{name}")


def table(shared: Path, name: str) -> tuple[Path, PlanDocument]:
    """A published table by its map of the documentation."""
    path = there(shared, f"public/{TABLES[name]}")
    return path, read_by_map(path, path.name, Setting("city"), MAPS / f"{name}.yaml", f"{name}.yaml")


@pytest.mark.parametrize("name", FORMATS)
def test_a_sample_of_each_format_is_read(shared: Path, name: str):
    path = sample(shared, name)
    kind, nodes, mean = FORMATS[name]
    found = read(path, path.name, SETTING)
    assert found.source is not None
    assert (found.source["format"], len(found.nodes)) == (kind, nodes)
    assert progress(found.nodes)["mean"] == pytest.approx(mean)


@pytest.mark.parametrize("name", FORMATS)
def test_a_sample_of_each_format_goes_out_as_it_came(shared: Path, held: Records, tmp_path: Path, name: str):
    path = sample(shared, name)
    adopted(held, read(path, path.name, SETTING, "auto", Said(key="sample")))
    out = tmp_path / f"out{path.suffix}"
    done = gone_out(held, "sample", out, FORMATS[name][0])
    assert (done.changed, done.new) == (0, 0)
    if path.suffix == ".csv":
        assert out.read_bytes() == path.read_bytes()
    else:
        before, after = ([(row.cells, row.mask) for row in grids(each, "x", {"sheet": "Fichier dimport"})[0].rows] for each in (path, out))
        assert before == after


@pytest.mark.parametrize("name", TABLES)
def test_a_published_table_goes_out_as_it_came(shared: Path, held: Records, tmp_path: Path, name: str):
    path, found = table(shared, name)
    adopted(held, found)
    gone_out(held, found.key, tmp_path / "out.csv", "map")
    assert (tmp_path / "out.csv").read_bytes() == path.read_bytes()


def test_the_plan_of_247_actions_says_its_mean_and_what_is_finished(shared: Path):
    path = there(shared, "public/plan_small_samples/gobierto_plan2.csv")
    found = read(path, path.name, SETTING)
    said = progress(found.nodes)
    assert said["mean"] == pytest.approx(81.97, abs=0.005)
    assert said["finished_only"] == pytest.approx(100 * 99 / 247)
    assert statuses(found.nodes) == {"completed": 99, "started": 147, "none": 1}
    assert sum(statuses(found.nodes).values()) == 247


def test_what_an_import_says_is_what_the_pages_say(shared: Path, held: Records):
    path = there(shared, "public/plan_small_samples/gobierto_plan2.csv")
    found = read(path, path.name, SETTING)
    _, plan = adopted(held, found)
    said = {row["method"]: row["declared"] for row in headlines(tree(held, plan.plan["id"], DAY)).to_dicts()}
    assert progress(found.nodes) == pytest.approx({name: said[name] for name in ("mean", "weighted", "finished_only")})


def test_each_axis_of_the_plan_of_247_actions_has_its_published_mean(shared: Path):
    path = there(shared, "public/plan_small_samples/gobierto_plan2.csv")
    means = [round(value, 2) for value in by_top(read(path, path.name, SETTING)).values()]
    assert means == [80.81, 77.79, 80.98, 85.74, 85.48]


def test_guatape_has_its_published_total_and_those_of_its_lines(shared: Path):
    _, found = table(shared, "guatape")
    assert sum(statuses(found.nodes).values()) == 93
    assert progress(found.nodes)["mean"] == pytest.approx(53.598, abs=0.0005)
    lines = [value / 100 for _, value in sorted(by_top(found).items())]
    assert lines == pytest.approx([0.476529, 0.543555, 0.587857, 0.40697, 0.657422], abs=5e-6)


def test_barcelona_has_1467_actions_of_29_subcategories(shared: Path):
    _, found = table(shared, "barcelona")
    assert sum(statuses(found.nodes).values()) == 1467
    assert [sum(each.level == level for each in found.nodes) for level in range(3)] == [5, 29, 1467]
    assert {each.fields.get("description", {}).get("ca", "")[:1] for each in found.nodes if each.level == 2} & {"<"} == set()
    assert progress(found.nodes)["mean"] is None


def test_the_capital_projects_have_exact_sums(shared: Path):
    _, found = table(shared, "capital_projects")
    projects = [each for each in found.nodes if each.lines]
    assert len(projects) == 2010
    assert fsum(each.lines[0].phases["modified"] for each in projects) == 29_495_063_000
    assert all(each.fields["work"] for each in projects)
    assert sum("latitude" in each.fields for each in projects) == 2010


def test_commitments_that_nobody_reviewed_have_no_status(shared: Path):
    _, found = table(shared, "open_government")
    assert statuses(found.nodes) == {
        "none": 153 + 62 + 2, "started": 123 + 122, "completed": 71, "not_started": 25,
    }  # fmt: skip


def test_a_whole_published_table_is_added_up_in_the_records_too(shared: Path, held: Records):
    _, found = table(shared, "capital_projects")
    _, plan = adopted(held, found)
    assert fsum(line["modified"] for lines in plan.lines.values() for line in lines) == 29_495_063_000


def test_figures_of_indicators_are_linked_to_their_nodes_and_go_out_again(shared: Path, held: Records, tmp_path: Path):
    plan, figures = sample(shared, "gobierto_plan_update.csv"), sample(shared, "gobierto_indicators_table_node_prefix.csv")
    who, found = adopted(held, read(plan, plan.name, SETTING, "auto", Said(key="sample")))
    assert recognise(Table(grids(figures, figures.name, {})[0]))
    linked = read_figures(figures, figures.name, found)
    assert linked.nodes == 2
    keep(held, who, found.plan["id"], linked)
    figures_out(kept(held, "sample", "indicators"), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == figures.read_bytes()


def by_top(found: PlanDocument) -> dict[str, float]:
    """The plain mean of what the actions below each top node declare, by its name."""
    by_key = {each.key: each for each in found.nodes}
    parents = {each.parent for each in found.nodes}
    told: dict[str, list[float]] = {}
    for each in found.nodes:
        if each.key not in parents and "declared" in each.fields:
            top = each
            while top.parent is not None:
                top = by_key[top.parent]
            told.setdefault(str(top.name), []).append(each.fields["declared"])
    return {name: sum(values) / len(values) for name, values in told.items()}
