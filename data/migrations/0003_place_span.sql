-- The oldest and the newest period with a value of each place: asked at every visit, and slow to find among all rows.
create table place_span (
    place usmallint not null,
    first date not null,
    last date not null
);
insert into place_span select place, min(period), max(period) from observation where value is not null group by place;
