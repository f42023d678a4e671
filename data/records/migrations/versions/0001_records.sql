CREATE TABLE audit (
    seq INTEGER NOT NULL,
    at VARCHAR(27) NOT NULL,
    actor TEXT NOT NULL,
    action VARCHAR(80) NOT NULL,
    object VARCHAR(80) NOT NULL,
    row INTEGER NOT NULL,
    version INTEGER NOT NULL,
    content TEXT,
    content_hash VARCHAR(64) NOT NULL,
    previous VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (seq)
);

CREATE INDEX audit_object ON audit (object, row);

CREATE TABLE head (
    id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE person (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE plan (
    id INTEGER NOT NULL,
    key VARCHAR(80) NOT NULL,
    name TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    place VARCHAR(80) NOT NULL,
    starts DATE,
    ends DATE,
    levels TEXT NOT NULL,
    weights VARCHAR(40) NOT NULL,
    number INTEGER NOT NULL,
    source TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (kind in ('mandate', 'strategic', 'sector', 'territorial', 'transversal', 'annual')),
    CHECK (weights in ('equal', 'manual', 'budget', 'beneficiaries')),
    UNIQUE (key)
);

CREATE TABLE post (
    id INTEGER NOT NULL,
    area VARCHAR(80),
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE draft (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    form VARCHAR(200) NOT NULL,
    content TEXT NOT NULL,
    at VARCHAR(27) NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (person, form),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE TABLE holding (
    id INTEGER NOT NULL,
    post INTEGER NOT NULL,
    person INTEGER NOT NULL,
    starts DATE NOT NULL,
    ends DATE,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(post) REFERENCES post (id),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE TABLE node (
    id INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    parent INTEGER,
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    key VARCHAR(200) NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    area VARCHAR(80),
    owner INTEGER,
    ladder VARCHAR(80),
    status VARCHAR(40),
    status_text TEXT,
    status_reason TEXT,
    declared FLOAT,
    starts DATE,
    ends DATE,
    first_starts DATE,
    first_ends DATE,
    place VARCHAR(80),
    latitude FLOAT,
    longitude FLOAT,
    work BOOLEAN NOT NULL,
    limits TEXT,
    sdg TEXT,
    goals TEXT,
    serves TEXT,
    weight FLOAT,
    beneficiaries FLOAT,
    left_out TEXT,
    participation TEXT,
    pdca VARCHAR(40),
    pilot TEXT,
    cells TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (status in ('not_started', 'started', 'completed', 'suspended', 'removal_proposed', 'cancelled')),
    CHECK (pdca in ('plan', 'do', 'check', 'act')),
    UNIQUE (plan, key),
    FOREIGN KEY(plan) REFERENCES plan (id),
    FOREIGN KEY(parent) REFERENCES node (id),
    FOREIGN KEY(owner) REFERENCES post (id)
);

CREATE INDEX node_parent ON node (parent);

CREATE TABLE plan_file (
    id INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    part VARCHAR(40) NOT NULL,
    format VARCHAR(40) NOT NULL,
    layout TEXT NOT NULL,
    map TEXT NOT NULL,
    rows TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (plan, part),
    FOREIGN KEY(plan) REFERENCES plan (id)
);

CREATE TABLE plan_link (
    id INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    other INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL,
    PRIMARY KEY (id),
    CHECK (kind in ('implements', 'part_of', 'aligned_with', 'continues')),
    UNIQUE (plan, other, kind),
    FOREIGN KEY(plan) REFERENCES plan (id),
    FOREIGN KEY(other) REFERENCES plan (id)
);

CREATE TABLE role (
    id INTEGER NOT NULL,
    person INTEGER NOT NULL,
    role VARCHAR(40) NOT NULL,
    area VARCHAR(80),
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (person, role, area),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE TABLE budget_line (
    id INTEGER NOT NULL,
    node INTEGER NOT NULL,
    code VARCHAR(80) NOT NULL,
    name TEXT,
    year INTEGER,
    source TEXT,
    currency VARCHAR(3) NOT NULL,
    initial FLOAT,
    modified FLOAT,
    reserved FLOAT,
    committed FLOAT,
    accrued FLOAT,
    paid FLOAT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(node) REFERENCES node (id)
);

CREATE INDEX budget_line_node ON budget_line (node);

CREATE TABLE decision (
    id INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    node INTEGER,
    day DATE NOT NULL,
    title TEXT NOT NULL,
    body TEXT,
    reason VARCHAR(40) NOT NULL,
    why TEXT NOT NULL,
    link TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (reason in ('success_elsewhere', 'citizens_request', 'technical_impediment', 'legal_impediment', 'pilot_changed_focus', 'other')),
    FOREIGN KEY(plan) REFERENCES plan (id),
    FOREIGN KEY(node) REFERENCES node (id)
);

CREATE TABLE milestone (
    id INTEGER NOT NULL,
    node INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    stage VARCHAR(80),
    share FLOAT NOT NULL,
    needs TEXT,
    due DATE,
    done_on DATE,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(node) REFERENCES node (id)
);

CREATE INDEX milestone_node ON milestone (node);

CREATE TABLE outcome (
    id INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    node INTEGER,
    day DATE NOT NULL,
    succeeded BOOLEAN NOT NULL,
    title TEXT NOT NULL,
    reason VARCHAR(40) NOT NULL,
    what TEXT NOT NULL,
    lesson TEXT NOT NULL,
    corrective TEXT,
    owner INTEGER,
    due DATE,
    done_on DATE,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (reason in ('success_elsewhere', 'citizens_request', 'technical_impediment', 'legal_impediment', 'pilot_changed_focus', 'other')),
    FOREIGN KEY(plan) REFERENCES plan (id),
    FOREIGN KEY(node) REFERENCES node (id),
    FOREIGN KEY(owner) REFERENCES post (id)
);

CREATE TABLE progress (
    id INTEGER NOT NULL,
    node INTEGER NOT NULL,
    at VARCHAR(27) NOT NULL,
    day DATE NOT NULL,
    person INTEGER NOT NULL,
    declared FLOAT,
    status VARCHAR(40),
    said TEXT,
    was_declared FLOAT,
    was_status VARCHAR(40),
    PRIMARY KEY (id),
    CHECK (status in ('not_started', 'started', 'completed', 'suspended', 'removal_proposed', 'cancelled')),
    FOREIGN KEY(node) REFERENCES node (id),
    FOREIGN KEY(person) REFERENCES person (id)
);

CREATE INDEX progress_node ON progress (node, day);

CREATE TABLE result (
    id INTEGER NOT NULL,
    node INTEGER NOT NULL,
    criterion VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    measured FLOAT,
    expected FLOAT,
    unit TEXT,
    period VARCHAR(40),
    source TEXT,
    said TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (criterion in ('effectiveness', 'efficiency', 'scope', 'equality')),
    FOREIGN KEY(node) REFERENCES node (id)
);

CREATE TABLE evidence (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    title TEXT NOT NULL,
    link TEXT,
    file VARCHAR(64),
    file_name TEXT,
    media VARCHAR(120),
    bytes INTEGER,
    brought_by INTEGER NOT NULL,
    brought_at VARCHAR(27) NOT NULL,
    state VARCHAR(40) NOT NULL,
    judged_by INTEGER,
    judged_at VARCHAR(27),
    judged_area VARCHAR(80),
    note TEXT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (state in ('awaiting', 'accepted', 'returned')),
    FOREIGN KEY(milestone) REFERENCES milestone (id),
    FOREIGN KEY(brought_by) REFERENCES person (id),
    FOREIGN KEY(judged_by) REFERENCES person (id)
);

CREATE INDEX evidence_milestone ON evidence (milestone);

CREATE TABLE plan_version (
    id INTEGER NOT NULL,
    plan INTEGER NOT NULL,
    number INTEGER NOT NULL,
    decision INTEGER,
    at VARCHAR(27) NOT NULL,
    person INTEGER NOT NULL,
    changes TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (plan, number),
    FOREIGN KEY(plan) REFERENCES plan (id),
    FOREIGN KEY(decision) REFERENCES decision (id),
    FOREIGN KEY(person) REFERENCES person (id)
);

insert into head (id, seq, hash) values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
