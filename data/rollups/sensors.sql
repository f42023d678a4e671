-- Sensors, each month, by station and what is measured: the mean of the hourly means, where enough hours of the month were measured.
--
-- Columns of `events`
--   station, variable    text
--   measured_at          timestamp
--   value                number; empty where the sensor was silent
-- Indicators: the variables. Numerator and denominator are the sum of the hourly means and the hours measured, so that
-- stations and months can be put together without averaging averages.
-- Parameters
--   $complete_share      least share of the month's hours, from 0 to 1; below it the value is missing, and the flag says why
with hours as (
    select station, variable, date_trunc('hour', measured_at) as hour, avg(value) as value
    from events
    group by station, variable, date_trunc('hour', measured_at)
),
months as (
    select
        station,
        variable,
        date_trunc('month', hour) as month,
        avg(value) as mean,
        sum(value) as total,
        count(value) as measured,
        24 * extract(day from last_day(date_trunc('month', hour))) as expected
    from hours
    group by station, variable, date_trunc('month', hour)
),
judged as (
    select *, measured > 0 and measured >= $complete_share * expected as complete from months
)
select
    station as place,
    variable as indicator,
    month as period,
    case when complete then mean end as value,
    case when complete then total end as numerator,
    case when complete then cast(measured as double) end as denominator,
    case when not complete then cast(measured as varchar) || ' of ' || cast(expected as varchar) || ' hours measured' end as flag
from judged
