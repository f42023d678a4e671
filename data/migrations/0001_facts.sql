-- Places, indicators, loads, the values in force, and the values they replaced.
-- Rows lie in (period, indicator, place, segment) order: the order is the index, so there is no other.
create table place (
    id usmallint not null,
    code varchar not null,
    name varchar not null,
    kind varchar not null,
    parent varchar,
    latitude double,
    longitude double,
    population bigint
);
create table indicator (
    id usmallint not null,
    code varchar not null,
    name varchar not null,
    unit varchar not null,
    kind varchar not null,
    frequency varchar not null,
    theme varchar not null,
    source varchar not null,
    owner varchar not null
);
create table load (
    number integer not null,
    id varchar not null,
    source varchar not null,
    files varchar[] not null,
    loaded_by varchar not null,
    known_on date not null,
    loaded_at timestamp not null,
    demo boolean not null,
    rows_read bigint not null,
    rows_new bigint not null,
    rows_unchanged bigint not null,
    rows_revised bigint not null
);
create table observation (
    period date not null,
    indicator usmallint not null,
    place usmallint not null,
    segment varchar not null,
    value double,
    numerator double,
    denominator double,
    flag varchar,
    load integer not null
);
create table revision (
    period date not null,
    indicator usmallint not null,
    place usmallint not null,
    segment varchar not null,
    value double,
    numerator double,
    denominator double,
    flag varchar,
    load integer not null,
    until integer not null
);
