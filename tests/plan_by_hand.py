"""The roll-up of a plan as one would write it by hand, in one SQL for SQLite: what ours is measured beside and compared with."""

BY_HAND = """
with recursive
standing(id, gone) as (
    select id, coalesce(status = 'cancelled', 0) or left_out is not null from node where plan = :plan and parent is null
    union all
    select node.id, standing.gone or coalesce(node.status = 'cancelled', 0) or node.left_out is not null
    from node join standing on node.parent = standing.id
),
above(id, node) as (
    select id, id from node where plan = :plan
    union all
    select above.id, node.parent from above join node on node.id = above.node
),
accepted(milestone) as (select distinct milestone from evidence where state = 'accepted' and judged_at < :after),
proofs(node, proved) as (
    select node, 100 * sum(case when accepted.milestone is null then 0 else share end) / sum(share)
    from milestone left join accepted on accepted.milestone = milestone.id group by node
),
money(node, budget, committed, accrued, paid) as (
    select node, sum(coalesce(modified, initial)), sum(committed), sum(accrued), sum(paid) from budget_line group by node
),
said(id, action, declared, proved, budget, committed, accrued, paid) as (
    select node.id, not standing.gone and not exists (select 1 from node as below where below.parent = node.id),
        min(declared, 100), coalesce(proved, 0), budget, committed, accrued, paid
    from node join standing using (id) left join proofs on proofs.node = node.id left join money on money.node = node.id
)
select above.node, sum(action), avg(case when action then declared end), coalesce(avg(case when action then proved end), 0),
    sum(budget), sum(committed), sum(accrued), sum(paid)
from above join said on said.id = above.id group by above.node
"""
"""For each node, and for the plan with no node: id, actions that count, declared, proved, budget, committed, accrued, paid.

Equal weights; `:plan` is the plan's id, `:after` the first moment that is not of the day. A node that does not count shows nothing.
"""
