CREATE TABLE policy (
    id INTEGER NOT NULL,
    place VARCHAR(80) NOT NULL,
    "key" VARCHAR(80) NOT NULL,
    name TEXT NOT NULL,
    problem TEXT NOT NULL,
    theory TEXT NOT NULL,
    starts DATE,
    ends DATE,
    area VARCHAR(80),
    owner INTEGER,
    nodes TEXT NOT NULL,
    goals TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (place, "key"),
    FOREIGN KEY(owner) REFERENCES post (id)
);

CREATE TABLE assessment (
    id INTEGER NOT NULL,
    policy INTEGER NOT NULL,
    moment VARCHAR(40) NOT NULL,
    due DATE NOT NULL,
    state VARCHAR(40) NOT NULL,
    dropped TEXT,
    judge VARCHAR(40) NOT NULL,
    judge_name TEXT,
    method TEXT,
    done_on DATE,
    deviations TEXT,
    lesson TEXT,
    recommendation VARCHAR(40),
    why TEXT,
    study VARCHAR(80),
    appraisal VARCHAR(80),
    next_due DATE,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (moment in ('ex_ante', 'mid_term', 'final', 'impact')),
    CHECK (state in ('planned', 'under_way', 'done', 'dropped')),
    CHECK (judge in ('own', 'external', 'beneficiaries')),
    CHECK (recommendation in ('continue', 'adjust', 'stop')),
    FOREIGN KEY(policy) REFERENCES policy (id)
);

CREATE TABLE assessment_score (
    id INTEGER NOT NULL,
    assessment INTEGER NOT NULL,
    criterion VARCHAR(40) NOT NULL,
    judge VARCHAR(40) NOT NULL,
    score INTEGER,
    unscored TEXT,
    argument TEXT NOT NULL,
    link TEXT,
    indicator VARCHAR(80),
    period VARCHAR(10),
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (criterion in ('relevance', 'coherence', 'effectiveness', 'efficiency', 'impact', 'sustainability', 'scope', 'equality')),
    CHECK (judge in ('own', 'external', 'beneficiaries')),
    UNIQUE (assessment, criterion, judge),
    FOREIGN KEY(assessment) REFERENCES assessment (id)
);

CREATE INDEX assessment_policy ON assessment (policy);
