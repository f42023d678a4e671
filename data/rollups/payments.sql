-- The budget and what became of it, each year, for the whole city and by chapter and area: obligations recognised out of the final credit.
--
-- Columns of `events`, one row for each budget line or each booking
--   booked_on               date; any day of the year
--   chapter, area           text; a row that names none counts in the total only
--   credit, obligations     number; what the row adds to the final credit, and to the obligations recognised
-- Indicators
--   execution               percentage, with the obligations as numerator and the credit as denominator
--   obligations, credit     amounts
with booked as (
    select date_trunc('year', booked_on) as year, trim(chapter) as chapter, trim(area) as area, credit, obligations from events
),
parts as (
    select year, '' as segment, sum(obligations) as obligations, sum(credit) as credit
    from booked
    group by year
    union all
    select year, 'chapter=' || chapter as segment, sum(obligations) as obligations, sum(credit) as credit
    from booked
    where chapter <> ''
    group by year, chapter
    union all
    select year, 'area=' || area as segment, sum(obligations) as obligations, sum(credit) as credit
    from booked
    where area <> ''
    group by year, area
),
indicators as (
    select * from (values ('execution'), ('obligations'), ('credit')) as listed (indicator)
)
select
    $city as place,
    indicator,
    segment,
    year as period,
    case indicator
        when 'execution' then 100.0 * obligations / nullif(credit, 0)
        when 'obligations' then obligations
        when 'credit' then credit
    end as value,
    case when indicator = 'execution' then obligations end as numerator,
    case when indicator = 'execution' then credit end as denominator,
    case when indicator = 'execution' and coalesce(credit, 0) = 0 then 'no credit' end as flag
from parts cross join indicators
