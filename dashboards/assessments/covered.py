"""How much of the plan was ever assessed: three sentences, each beside what the cities of a published study do, and the figures of them."""

from html import escape

from dashboards import formats
from dashboards.assessments.known import Known
from dashboards.assessments.vocabulary import JUDGES, MOMENTS
from dashboards.plan import mandate, shown
from dashboards.plan.tables import NUMBER, table
from data.assessments.vocabulary import MOMENTS as KNOWN_MOMENTS
from kpis.assessments import elsewhere
from kpis.assessments.coverage import Covered, coverage
from kpis.assessments.elsewhere import Frequency
from kpis.plans.truth import Truth
from kpis.shares import wilson

COMPARED = ("ex_ante", "mid_term", "final")


def block(known: Known) -> str:
    """The section as HTML; "" in a place without a mandate plan."""
    plan = mandate.of_place(known.session)
    if plan is None:
        return ""
    _, truth = known.words, shown.truth_of(known.session, plan)
    said = "".join(f"<li>{escape(sentence(known, coverage(known.register, truth.nodes, moment), moment))}</li>" for moment in COMPARED)
    title, study = escape(_("How much of the plan was assessed")), elsewhere.study()
    about = _(
        "{name}: {base} cities said how often they assess; in most or all cases counts here. A voluntary sample: a reference, not a norm.",
        name=study.name, base=study.base,
    )  # fmt: skip
    told = f'<ul class="covered">{said}</ul>{_never(known)}{_table(known, truth)}<p class="note">{escape(about)}</p>'
    return f"<h2>{title}</h2>{told}{_barriers(known)}"


def _never(known: Known) -> str:
    """The policies that nobody ever assessed, by name; "" where there is none."""
    _, judged = known.words, {row["policy"] for row in known.register.assessments if row["state"] == "done"}
    links = [known.link(policy) for policy in known.register.policies if policy["id"] not in judged]
    title = escape(_("Never assessed:"))
    return f"<p>{title} {', '.join(links)}.</p>" if links else ""


def sentence(known: Known, found: Covered, moment: str) -> str:
    """ "Ex-ante: 2 of 6 policies, with 5 of 137 actions. In the study 3 of 19 cities do it in most or all cases (6 to 38 %)." """
    _ = known.words
    said = _.ngettext(
        "{moment}: {policies} of {n} policy was assessed, with {actions} of {all} actions of the plan.",
        "{moment}: {policies} of {n} policies were assessed, with {actions} of {all} actions of the plan.",
        found.of_policies, n=found.of_policies, moment=formats.sentence(known.moment(moment)), policies=found.policies,
        actions=found.actions, all=found.of_actions,
    )  # fmt: skip
    there = elsewhere.study().at(moment)
    return f"{said} {_there(known, there)}" if there else said


def _there(known: Known, there: Frequency) -> str:
    _, base = known.words, elsewhere.study().base
    low, high = (formats.number(100 * share, 0, known.session.locale) for share in wilson(there.usually, base))
    told = {"n": there.usually, "base": base, "low": low, "high": high}
    return _("In the study {n} of {base} cities do so in most or all cases (in general {low} to {high} %).", **told)


def _table(known: Known, truth: Truth) -> str:
    _ = known.words
    titles = [
        (_("Assessed"), ""), (_("Actions"), NUMBER), (_("Of the budget"), NUMBER), (_("Lines"), NUMBER), (_("Policies"), NUMBER)
    ]  # fmt: skip
    nodes = truth.nodes
    moments = [_row(known, formats.sentence(_(MOMENTS[each])), coverage(known.register, nodes, each)) for each in KNOWN_MOMENTS]
    judges = [_row(known, formats.sentence(_(word)), coverage(known.register, nodes, judge=each)) for each, word in JUDGES.items()]
    any_time = [_row(known, _("At any moment"), coverage(known.register, nodes))]
    groups = [("", any_time), (_("By moment"), moments), (_("By who judged"), judges)]
    return table(titles, groups, _("What was assessed of the plan"), narrow=True)


def _row(known: Known, name: str, found: Covered) -> list[str]:
    _ = known.words
    counts = ((found.actions, found.of_actions), (found.lines, found.of_lines), (found.policies, found.of_policies))
    actions, lines, policies = (escape(_("{n} of {total}", n=n, total=total)) for n, total in counts)
    money = formats.NOTHING if found.budget_share is None else f"{formats.number(found.budget_share, 0, known.session.locale)} %"
    return [escape(name), actions, escape(money), lines, policies]


def _barriers(known: Known) -> str:
    """What keeps the study's cities from it, folded."""
    _, study = known.words, elsewhere.study()
    titles = [(_("What keeps cities from assessing"), ""), (_("Cities"), NUMBER)]
    rows = [
        [escape(known.say(each.name)), escape(_("{n} of {total}", n=each.cities, total=study.barriers_base))] for each in study.barriers
    ]
    drawn = table(titles, [("", rows)], _("What keeps the cities of the study from assessing; each could name several"), narrow=True)
    title = escape(_("What keeps cities from assessing"))
    return f'<details class="more"><summary>{title}</summary>{drawn}</details>'
