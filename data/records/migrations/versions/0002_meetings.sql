CREATE TABLE review (
    id INTEGER NOT NULL,
    place VARCHAR(80) NOT NULL,
    month VARCHAR(7) NOT NULL,
    state VARCHAR(40) NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (state in ('open', 'closed')),
    UNIQUE (place, month)
);

CREATE TABLE analysis (
    id INTEGER NOT NULL,
    review INTEGER NOT NULL,
    goal VARCHAR(80) NOT NULL,
    area VARCHAR(80),
    said TEXT NOT NULL,
    person INTEGER NOT NULL,
    at VARCHAR(27) NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (review, goal),
    FOREIGN KEY(review) REFERENCES review (id),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE TABLE city_key (
    id INTEGER NOT NULL,
    city VARCHAR(80) NOT NULL,
    key VARCHAR(64) NOT NULL,
    at VARCHAR(27) NOT NULL,
    person INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (city),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE TABLE city_month (
    id INTEGER NOT NULL,
    city VARCHAR(80) NOT NULL,
    month VARCHAR(7) NOT NULL,
    signer VARCHAR(64) NOT NULL,
    at VARCHAR(27) NOT NULL,
    person INTEGER NOT NULL,
    content TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (city, month),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE TABLE meeting (
    id INTEGER NOT NULL,
    review INTEGER NOT NULL,
    day DATE NOT NULL,
    room TEXT,
    state VARCHAR(40) NOT NULL,
    chair INTEGER,
    present TEXT,
    opened_at VARCHAR(27),
    ended_at VARCHAR(27),
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (state in ('planned', 'open', 'held')),
    FOREIGN KEY(review) REFERENCES review (id),
    FOREIGN KEY(chair) REFERENCES person (id)
);

CREATE TABLE risk (
    id INTEGER NOT NULL,
    review INTEGER NOT NULL,
    goal VARCHAR(80) NOT NULL,
    area VARCHAR(80),
    said TEXT NOT NULL,
    likelihood VARCHAR(40) NOT NULL,
    measure TEXT,
    owner INTEGER,
    due DATE,
    person INTEGER NOT NULL,
    at VARCHAR(27) NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (likelihood in ('low', 'medium', 'high')),
    UNIQUE (review, goal),
    FOREIGN KEY(review) REFERENCES review (id),
    FOREIGN KEY(owner) REFERENCES post (id),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE TABLE sent_value (
    id INTEGER NOT NULL,
    review INTEGER NOT NULL,
    place VARCHAR(80) NOT NULL,
    indicator VARCHAR(80) NOT NULL,
    segment VARCHAR(80) NOT NULL,
    period DATE NOT NULL,
    value FLOAT,
    numerator FLOAT,
    denominator FLOAT,
    said TEXT,
    state VARCHAR(40) NOT NULL,
    question TEXT,
    typed_by INTEGER NOT NULL,
    typed_at VARCHAR(27) NOT NULL,
    judged_by INTEGER,
    judged_at VARCHAR(27),
    load INTEGER,
    publishing VARCHAR(64),
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (state in ('draft', 'sent', 'returned', 'validated', 'published')),
    UNIQUE (review, place, indicator, segment, period),
    FOREIGN KEY(review) REFERENCES review (id),
    FOREIGN KEY(typed_by) REFERENCES person (id),
    FOREIGN KEY(judged_by) REFERENCES person (id)
);

CREATE TABLE snapshot (
    id INTEGER NOT NULL,
    review INTEGER NOT NULL,
    at VARCHAR(27) NOT NULL,
    person INTEGER NOT NULL,
    folder VARCHAR(80) NOT NULL,
    facts_version INTEGER,
    definitions VARCHAR(64) NOT NULL,
    records VARCHAR(64) NOT NULL,
    statuses VARCHAR(64) NOT NULL,
    missing TEXT NOT NULL,
    accepted TEXT,
    reopened_at VARCHAR(27),
    reopened_by INTEGER,
    reopened_why TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(review) REFERENCES review (id),
    FOREIGN KEY(person) REFERENCES person (id),
    FOREIGN KEY(reopened_by) REFERENCES person (id)
);

CREATE TABLE stand_in (
    id INTEGER NOT NULL,
    post INTEGER NOT NULL,
    person INTEGER NOT NULL,
    starts DATE NOT NULL,
    ends DATE NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(post) REFERENCES post (id),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE TABLE concern (
    id INTEGER NOT NULL,
    place VARCHAR(80) NOT NULL,
    area VARCHAR(80),
    goal VARCHAR(80),
    node INTEGER,
    title TEXT NOT NULL,
    said TEXT NOT NULL,
    state VARCHAR(40) NOT NULL,
    raised_by INTEGER NOT NULL,
    raised_on DATE NOT NULL,
    answer TEXT,
    answered_by INTEGER,
    answered_on DATE,
    decision TEXT,
    decided_by INTEGER,
    decided_on DATE,
    settled TEXT,
    closed_on DATE,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (state in ('raised', 'answered', 'decided', 'closed')),
    FOREIGN KEY(node) REFERENCES node (id),
    FOREIGN KEY(raised_by) REFERENCES person (id),
    FOREIGN KEY(answered_by) REFERENCES person (id),
    FOREIGN KEY(decided_by) REFERENCES person (id)
);

CREATE TABLE item (
    id INTEGER NOT NULL,
    meeting INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    goal VARCHAR(80),
    node INTEGER,
    concern INTEGER,
    follow_up INTEGER,
    title TEXT,
    whys TEXT NOT NULL,
    kept BOOLEAN NOT NULL,
    added_by INTEGER,
    dropped TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (kind in ('goal', 'action', 'follow_up', 'concern', 'other')),
    FOREIGN KEY(meeting) REFERENCES meeting (id),
    FOREIGN KEY(node) REFERENCES node (id),
    FOREIGN KEY(concern) REFERENCES concern (id),
    FOREIGN KEY(added_by) REFERENCES person (id)
);

CREATE INDEX item_meeting ON item (meeting);

CREATE TABLE follow_up (
    id INTEGER NOT NULL,
    place VARCHAR(80) NOT NULL,
    meeting INTEGER,
    item INTEGER,
    what TEXT NOT NULL,
    owner INTEGER NOT NULL,
    area VARCHAR(80),
    due DATE NOT NULL,
    first_due DATE NOT NULL,
    evidence TEXT,
    goal VARCHAR(80),
    node INTEGER,
    state VARCHAR(40) NOT NULL,
    done_on DATE,
    shown TEXT,
    link TEXT,
    dropped TEXT,
    made_by INTEGER NOT NULL,
    made_on DATE NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (state in ('open', 'done', 'dropped')),
    FOREIGN KEY(meeting) REFERENCES meeting (id),
    FOREIGN KEY(item) REFERENCES item (id),
    FOREIGN KEY(owner) REFERENCES post (id),
    FOREIGN KEY(node) REFERENCES node (id),
    FOREIGN KEY(made_by) REFERENCES person (id)
);

CREATE INDEX follow_up_owner ON follow_up (owner);

CREATE TABLE note (
    id INTEGER NOT NULL,
    item INTEGER NOT NULL,
    part VARCHAR(40) NOT NULL,
    text TEXT NOT NULL,
    person INTEGER NOT NULL,
    at VARCHAR(27) NOT NULL,
    beside INTEGER,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (part in ('discussed', 'decided', 'why', 'evidence')),
    FOREIGN KEY(item) REFERENCES item (id),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE INDEX note_item ON note (item);

CREATE INDEX audit_at ON audit (object, at);
