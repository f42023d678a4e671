-- The last load that brought the same value again: what an older file, registered late, must not override.
-- Rows are written anew, in the order they lie in, because a column filled by an update cannot be declared not null.
create table confirmed_observation (
    period date not null,
    indicator usmallint not null,
    place usmallint not null,
    segment varchar not null,
    value double,
    numerator double,
    denominator double,
    flag varchar,
    load integer not null,
    confirmed integer not null
);
insert into confirmed_observation by name select *, load as confirmed from observation;
drop table observation;
alter table confirmed_observation rename to observation;
create table confirmed_revision (
    period date not null,
    indicator usmallint not null,
    place usmallint not null,
    segment varchar not null,
    value double,
    numerator double,
    denominator double,
    flag varchar,
    load integer not null,
    confirmed integer not null,
    until integer not null
);
insert into confirmed_revision by name select *, load as confirmed from revision;
drop table revision;
alter table confirmed_revision rename to revision;
