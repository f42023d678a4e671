-- Requests of residents, each month, by district and for the whole city: received, closed, still open, on time, and how long they took.
--
-- Columns of `events`
--   district                        text; empty where a request names none
--   opened_at, due_at, closed_at    timestamp; due_at and closed_at may be empty
--   on_time                         boolean; the city's own verdict where it keeps one, and due_at counts where it is empty
-- Indicators
--   received, on_time, overdue      of the requests opened in the month; on_time is a percentage of those that were due
--   closed, median_hours, p90_hours, median_days, p90_days    of the requests closed in the month
--   backlog                         requests still open at the month's end, of those in the files
--
-- An open request is overdue when its due date lies before the last moment that the files know of. Months end with the
-- last one in which a request was opened: what comes later is known only in part.
with known as (
    select max(opened_at) as last_opened, greatest(max(opened_at), max(closed_at)) as last_moment from events
),
judged as (
    select
        coalesce(trim(e.district), '') as district,
        date_trunc('month', e.opened_at) as opened,
        date_trunc('month', e.closed_at) as closed,
        date_diff('second', e.opened_at, e.closed_at) / 3600.0 as hours,
        case
            when e.on_time is not null then e.on_time
            when e.closed_at is not null then e.closed_at <= e.due_at
            when e.due_at < k.last_moment then false
        end as on_time
    from events as e cross join known as k
),
placed as (
    select district as place, opened, closed, hours, on_time from judged
    union all
    select $city as place, opened, closed, hours, on_time from judged
),
by_opening as (
    select
        place,
        opened as month,
        count(*) as received,
        sum(case when on_time then 1 else 0 end) as on_time,
        sum(case when not on_time then 1 else 0 end) as overdue
    from placed
    group by place, opened
),
by_closing as (
    select
        place,
        closed as month,
        count(*) as closed,
        percentile_cont(0.5) within group (order by hours) as median_hours,
        percentile_cont(0.9) within group (order by hours) as p90_hours
    from placed
    where closed is not null
    group by place, closed
),
months as (
    select month from by_opening
    union
    select c.month from by_closing as c cross join known as k where c.month <= k.last_opened
),
places as (
    select distinct place from placed
),
measured as (
    select
        p.place,
        m.month,
        coalesce(o.received, 0) as received,
        coalesce(c.closed, 0) as closed,
        coalesce(o.on_time, 0) as on_time,
        coalesce(o.overdue, 0) as overdue,
        c.median_hours,
        c.p90_hours,
        sum(coalesce(o.received, 0) - coalesce(c.closed, 0)) over (
            partition by p.place order by m.month rows between unbounded preceding and current row
        ) as backlog
    from places as p
    cross join months as m
    left join by_opening as o on o.place = p.place and o.month = m.month
    left join by_closing as c on c.place = p.place and c.month = m.month
),
indicators as (
    select * from (values
        ('received'), ('closed'), ('on_time'), ('overdue'), ('backlog'), ('median_hours'), ('p90_hours'), ('median_days'), ('p90_days')
    ) as listed (indicator)
),
valued as (
    select
        place,
        indicator,
        month,
        case indicator
            when 'received' then cast(received as double)
            when 'closed' then cast(closed as double)
            when 'on_time' then 100.0 * on_time / nullif(on_time + overdue, 0)
            when 'overdue' then cast(overdue as double)
            when 'backlog' then cast(backlog as double)
            when 'median_hours' then median_hours
            when 'p90_hours' then p90_hours
            when 'median_days' then median_hours / 24.0
            when 'p90_days' then p90_hours / 24.0
        end as value,
        case when indicator = 'on_time' then cast(on_time as double) end as numerator,
        case when indicator = 'on_time' then cast(on_time + overdue as double) end as denominator
    from measured cross join indicators
)
select
    place,
    indicator,
    month as period,
    value,
    numerator,
    denominator,
    case
        when value is null and indicator = 'on_time' then 'none was due'
        when value is null then 'none was closed'
    end as flag
from valued
