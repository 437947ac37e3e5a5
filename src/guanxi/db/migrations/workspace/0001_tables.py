"""The platform tables of a workspace."""

from alembic import op

from guanxi.db.readings import text_functions

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE epoch (
    only_row BOOLEAN DEFAULT true NOT NULL,
    design INTEGER DEFAULT '1' NOT NULL,
    rights INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT epoch_pkey PRIMARY KEY (only_row),
    CONSTRAINT epoch_only_row_check CHECK (only_row)
);

CREATE TABLE setting (
    only_row BOOLEAN DEFAULT true NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    locale TEXT NOT NULL,
    label JSONB,
    setup_code_hash BYTEA,
    CONSTRAINT setting_pkey PRIMARY KEY (only_row),
    CONSTRAINT setting_only_row_check CHECK (only_row)
);

CREATE TABLE department (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    parent UUID,
    position INTEGER DEFAULT '0' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT department_pkey PRIMARY KEY (id),
    CONSTRAINT department_parent_fkey FOREIGN KEY(parent) REFERENCES department (id)
);

CREATE INDEX department_parent_idx ON department (parent);

CREATE TABLE work_calendar (
    name TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    definition JSONB NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT work_calendar_pkey PRIMARY KEY (name)
);

CREATE TABLE work_calendar_version (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    calendar TEXT NOT NULL,
    version INTEGER NOT NULL,
    definition JSONB NOT NULL,
    until TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    changed_by UUID,
    CONSTRAINT work_calendar_version_pkey PRIMARY KEY (id),
    CONSTRAINT work_calendar_version_calendar_version_key UNIQUE (calendar, version)
);

CREATE TABLE change (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    object TEXT NOT NULL,
    record UUID NOT NULL,
    version INTEGER NOT NULL,
    op TEXT NOT NULL,
    "old" JSONB,
    "new" JSONB,
    actor UUID,
    source TEXT NOT NULL,
    batch UUID
)
 PARTITION BY RANGE (at);

CREATE INDEX change_batch_id_idx ON change (batch, id) WHERE batch is not null;

CREATE INDEX change_record_id_idx ON change (record, id);

CREATE INDEX change_xid_id_idx ON change (xid, id);

CREATE TABLE change_default PARTITION OF change DEFAULT;

CREATE TABLE file (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    has_thumbnail BOOLEAN NOT NULL,
    created_by UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    attached_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT file_pkey PRIMARY KEY (id)
);

CREATE INDEX file_loose_idx ON file (created_by, created_at) WHERE attached_at is null;

CREATE TABLE job (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    lane SMALLINT NOT NULL,
    kind TEXT NOT NULL,
    dedupe_key TEXT,
    serial_key TEXT,
    due_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    attempt SMALLINT DEFAULT '0' NOT NULL,
    max_attempt SMALLINT DEFAULT '8' NOT NULL,
    payload JSONB DEFAULT '{}' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT job_pkey PRIMARY KEY (id)
)
 WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE INDEX job_due ON job (lane, due_at, id);

CREATE INDEX job_serial ON job (lane, serial_key, id) WHERE serial_key is not null;

CREATE UNIQUE INDEX job_dedupe ON job (kind, dedupe_key) WHERE dedupe_key is not null;

CREATE TABLE job_dead (
    id BIGINT NOT NULL,
    lane SMALLINT NOT NULL,
    kind TEXT NOT NULL,
    dedupe_key TEXT,
    serial_key TEXT,
    attempt SMALLINT NOT NULL,
    max_attempt SMALLINT NOT NULL,
    payload JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    error TEXT NOT NULL,
    trace TEXT NOT NULL,
    died_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT job_dead_pkey PRIMARY KEY (id)
);

CREATE INDEX job_dead_died_at_idx ON job_dead (died_at);

CREATE TABLE schedule (
    name TEXT NOT NULL,
    cron TEXT NOT NULL,
    lane SMALLINT NOT NULL,
    kind TEXT NOT NULL,
    payload JSONB DEFAULT '{}' NOT NULL,
    time_zone TEXT NOT NULL,
    missed TEXT DEFAULT 'once' NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT schedule_pkey PRIMARY KEY (name)
);

CREATE INDEX schedule_next_at_idx ON schedule (next_at);

CREATE TABLE object (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    label JSONB NOT NULL,
    plural_label JSONB NOT NULL,
    icon TEXT DEFAULT 'box' NOT NULL,
    color TEXT DEFAULT 'grey' NOT NULL,
    app TEXT,
    description JSONB,
    layout JSONB DEFAULT '{}' NOT NULL,
    navigation_group TEXT,
    position INTEGER DEFAULT '0' NOT NULL,
    origin TEXT,
    validations JSONB DEFAULT '[]' NOT NULL,
    unique_rules JSONB DEFAULT '[]' NOT NULL,
    match_rules JSONB DEFAULT '[]' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    retired_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT object_pkey PRIMARY KEY (id),
    CONSTRAINT object_name_key UNIQUE (name)
);

CREATE TABLE design_change (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    version INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    actor UUID,
    steps JSONB NOT NULL,
    CONSTRAINT design_change_pkey PRIMARY KEY (id),
    CONSTRAINT design_change_version_key UNIQUE (version)
);

CREATE TABLE design_pending (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    object TEXT NOT NULL,
    field TEXT NOT NULL,
    kind TEXT NOT NULL,
    since TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT design_pending_pkey PRIMARY KEY (id)
);

CREATE TABLE computing (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    object TEXT NOT NULL,
    fields TEXT[] NOT NULL,
    records UUID[],
    actor UUID,
    after UUID,
    looked BIGINT DEFAULT '0' NOT NULL,
    total BIGINT,
    failures SMALLINT DEFAULT '0' NOT NULL,
    fault TEXT,
    retry_at TIMESTAMP WITH TIME ZONE,
    since TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT computing_pkey PRIMARY KEY (id)
);

CREATE TABLE view (
    id UUID NOT NULL,
    object TEXT NOT NULL,
    name JSONB NOT NULL,
    kind TEXT NOT NULL,
    config JSONB DEFAULT '{}' NOT NULL,
    owner UUID,
    shared BOOLEAN DEFAULT false NOT NULL,
    is_default BOOLEAN DEFAULT false NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    origin TEXT,
    version INTEGER DEFAULT '1' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT view_pkey PRIMARY KEY (id)
);

CREATE INDEX view_object_idx ON view (object);

CREATE TABLE auto_number (
    object TEXT NOT NULL,
    field TEXT NOT NULL,
    period TEXT NOT NULL,
    value BIGINT NOT NULL,
    CONSTRAINT auto_number_pkey PRIMARY KEY (object, field, period)
);

CREATE TABLE app (
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    label JSONB NOT NULL,
    description JSONB,
    icon TEXT DEFAULT 'box' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    navigation JSONB DEFAULT '[]' NOT NULL,
    base JSONB DEFAULT '{}' NOT NULL,
    installed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    upgraded_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT app_pkey PRIMARY KEY (name)
);

CREATE TABLE role (
    id UUID NOT NULL,
    name JSONB NOT NULL,
    description JSONB,
    system BOOLEAN DEFAULT false NOT NULL,
    is_administrator BOOLEAN DEFAULT false NOT NULL,
    rights TEXT[] DEFAULT '{}' NOT NULL,
    origin TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT role_pkey PRIMARY KEY (id),
    CONSTRAINT role_origin_key UNIQUE (origin)
);

CREATE TABLE idempotency (
    person UUID NOT NULL,
    key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    status SMALLINT,
    headers JSONB DEFAULT '{}' NOT NULL,
    body BYTEA,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (person, key)
);

CREATE INDEX idempotency_at_idx ON idempotency (at);

CREATE TABLE import_file (
    id UUID NOT NULL,
    object TEXT NOT NULL,
    status TEXT NOT NULL,
    file JSONB NOT NULL,
    columns JSONB DEFAULT '[]' NOT NULL,
    duplicates JSONB DEFAULT '{}' NOT NULL,
    people JSONB DEFAULT '{}' NOT NULL,
    done INTEGER DEFAULT '0' NOT NULL,
    last_row INTEGER DEFAULT '0' NOT NULL,
    total INTEGER DEFAULT '0' NOT NULL,
    staged TEXT,
    report JSONB,
    result JSONB,
    error JSONB,
    created_by UUID,
    source TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT import_file_pkey PRIMARY KEY (id)
);

CREATE INDEX import_file_created_at_idx ON import_file (created_at);

CREATE INDEX import_file_object_created_at_idx ON import_file (object, created_at);

CREATE TABLE merge (
    id UUID NOT NULL,
    object TEXT NOT NULL,
    master UUID NOT NULL,
    merged UUID[] NOT NULL,
    actor UUID,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    undone_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT merge_pkey PRIMARY KEY (id)
);

CREATE TABLE department_path (
    ancestor UUID NOT NULL,
    descendant UUID NOT NULL,
    depth INTEGER NOT NULL,
    CONSTRAINT department_path_pkey PRIMARY KEY (ancestor, descendant),
    CONSTRAINT department_path_ancestor_fkey FOREIGN KEY(ancestor) REFERENCES department (id) ON DELETE CASCADE,
    CONSTRAINT department_path_descendant_fkey FOREIGN KEY(descendant) REFERENCES department (id) ON DELETE CASCADE
);

CREATE INDEX department_path_descendant_idx ON department_path (descendant);

CREATE TABLE person (
    id UUID NOT NULL,
    identity UUID,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    department UUID,
    manager UUID,
    locale TEXT,
    active BOOLEAN DEFAULT true NOT NULL,
    preferences JSONB DEFAULT '{}' NOT NULL,
    has_initial_password BOOLEAN DEFAULT false NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT person_pkey PRIMARY KEY (id),
    CONSTRAINT person_identity_key UNIQUE (identity),
    CONSTRAINT person_email_key UNIQUE (email),
    CONSTRAINT person_department_fkey FOREIGN KEY(department) REFERENCES department (id),
    CONSTRAINT person_manager_fkey FOREIGN KEY(manager) REFERENCES person (id)
);

CREATE INDEX person_department_idx ON person (department);

CREATE INDEX person_manager_idx ON person (manager);

CREATE TABLE work_day (
    calendar TEXT NOT NULL,
    day DATE NOT NULL,
    works BOOLEAN NOT NULL,
    minutes INTEGER NOT NULL,
    days_before INTEGER NOT NULL,
    days_through INTEGER NOT NULL,
    minutes_through INTEGER NOT NULL,
    CONSTRAINT work_day_pkey PRIMARY KEY (calendar, day),
    CONSTRAINT work_day_calendar_fkey FOREIGN KEY(calendar) REFERENCES work_calendar (name) ON DELETE CASCADE
);

CREATE UNIQUE INDEX work_day_place_idx ON work_day (calendar, days_through) INCLUDE (day) WHERE works;

CREATE TABLE work_stretch (
    calendar TEXT NOT NULL,
    place INTEGER NOT NULL,
    starts TIMESTAMP WITH TIME ZONE NOT NULL,
    ends TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    minutes_before INTEGER NOT NULL,
    minutes_through INTEGER NOT NULL,
    CONSTRAINT work_stretch_pkey PRIMARY KEY (calendar, place),
    CONSTRAINT work_stretch_calendar_fkey FOREIGN KEY(calendar) REFERENCES work_calendar (name) ON DELETE CASCADE
);

CREATE INDEX work_stretch_calendar_minutes_through_idx ON work_stretch (calendar, minutes_through);

CREATE INDEX work_stretch_calendar_starts_idx ON work_stretch (calendar, starts);

CREATE TABLE work_line (
    calendar TEXT NOT NULL,
    starts TIMESTAMP WITH TIME ZONE[] NOT NULL,
    bases TIMESTAMP WITH TIME ZONE[] NOT NULL,
    through INTERVAL[] NOT NULL,
    CONSTRAINT work_line_pkey PRIMARY KEY (calendar),
    CONSTRAINT work_line_calendar_fkey FOREIGN KEY(calendar) REFERENCES work_calendar (name) ON DELETE CASCADE
);

CREATE TABLE file_use (
    file UUID NOT NULL,
    object TEXT NOT NULL,
    record UUID NOT NULL,
    field TEXT NOT NULL,
    CONSTRAINT file_use_pkey PRIMARY KEY (file, object, record, field),
    CONSTRAINT file_use_file_fkey FOREIGN KEY(file) REFERENCES file (id) ON DELETE CASCADE
);

CREATE TABLE field (
    id UUID NOT NULL,
    object UUID NOT NULL,
    name TEXT NOT NULL,
    label JSONB NOT NULL,
    type TEXT NOT NULL,
    options JSONB DEFAULT '{}' NOT NULL,
    required BOOLEAN DEFAULT false NOT NULL,
    is_unique BOOLEAN DEFAULT false NOT NULL,
    indexed BOOLEAN DEFAULT false NOT NULL,
    help JSONB,
    default_value JSONB,
    formula JSONB,
    rules JSONB DEFAULT '{}' NOT NULL,
    kept_of TEXT,
    position INTEGER DEFAULT '0' NOT NULL,
    origin TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    retired_at TIMESTAMP WITH TIME ZONE,
    purged_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT field_pkey PRIMARY KEY (id),
    CONSTRAINT field_object_name_key UNIQUE (object, name),
    CONSTRAINT field_object_fkey FOREIGN KEY(object) REFERENCES object (id) ON DELETE CASCADE
);

CREATE TABLE role_grant (
    id UUID NOT NULL,
    role UUID NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    object TEXT NOT NULL,
    actions TEXT[] NOT NULL,
    scope TEXT NOT NULL,
    condition JSONB,
    field_default TEXT DEFAULT 'write' NOT NULL,
    field_except JSONB DEFAULT '{}' NOT NULL,
    CONSTRAINT role_grant_pkey PRIMARY KEY (id),
    CONSTRAINT role_grant_role_fkey FOREIGN KEY(role) REFERENCES role (id) ON DELETE CASCADE
);

CREATE INDEX role_grant_role_idx ON role_grant (role);

CREATE TABLE import_part (
    import UUID NOT NULL,
    position INTEGER NOT NULL,
    data BYTEA NOT NULL,
    CONSTRAINT import_part_pkey PRIMARY KEY (import, position),
    CONSTRAINT import_part_import_fkey FOREIGN KEY(import) REFERENCES import_file (id) ON DELETE CASCADE
);

CREATE TABLE import_problem (
    import UUID NOT NULL,
    row INTEGER NOT NULL,
    "column" INTEGER,
    code TEXT NOT NULL,
    message JSONB NOT NULL,
    value TEXT,
    CONSTRAINT import_problem_import_fkey FOREIGN KEY(import) REFERENCES import_file (id) ON DELETE CASCADE
);

CREATE INDEX import_problem_import_row_idx ON import_problem (import, row);

CREATE TABLE merged_record (
    record UUID NOT NULL,
    object TEXT NOT NULL,
    "into" UUID NOT NULL,
    merge UUID NOT NULL,
    CONSTRAINT merged_record_pkey PRIMARY KEY (record),
    CONSTRAINT merged_record_merge_fkey FOREIGN KEY(merge) REFERENCES merge (id) ON DELETE CASCADE
);

CREATE INDEX merged_record_into_idx ON merged_record ("into");

CREATE TABLE person_path (
    ancestor UUID NOT NULL,
    descendant UUID NOT NULL,
    depth INTEGER NOT NULL,
    CONSTRAINT person_path_pkey PRIMARY KEY (ancestor, descendant),
    CONSTRAINT person_path_ancestor_fkey FOREIGN KEY(ancestor) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT person_path_descendant_fkey FOREIGN KEY(descendant) REFERENCES person (id) ON DELETE CASCADE
);

CREATE INDEX person_path_descendant_idx ON person_path (descendant);

CREATE TABLE session (
    id UUID NOT NULL,
    person UUID NOT NULL,
    secret_hash BYTEA NOT NULL,
    address TEXT,
    user_agent TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT session_pkey PRIMARY KEY (id),
    CONSTRAINT session_person_fkey FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT session_secret_hash_key UNIQUE (secret_hash)
);

CREATE INDEX session_person_idx ON session (person);

CREATE TABLE api_token (
    id UUID NOT NULL,
    person UUID NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    secret_hash BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    last_used_at TIMESTAMP WITH TIME ZONE,
    expires_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT api_token_pkey PRIMARY KEY (id),
    CONSTRAINT api_token_person_fkey FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT api_token_secret_hash_key UNIQUE (secret_hash)
);

CREATE INDEX api_token_person_idx ON api_token (person);

CREATE TABLE person_role (
    person UUID NOT NULL,
    role UUID NOT NULL,
    CONSTRAINT person_role_pkey PRIMARY KEY (person, role),
    CONSTRAINT person_role_person_fkey FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT person_role_role_fkey FOREIGN KEY(role) REFERENCES role (id) ON DELETE CASCADE
);

CREATE INDEX person_role_role_idx ON person_role (role);

INSERT INTO epoch DEFAULT VALUES;

INSERT INTO role (id, name, description, system, is_administrator, rights, origin) VALUES (
    '00000000-0000-7000-8000-000000000001',
    jsonb_build_object('zh-CN', '管理员', 'en', 'Administrator'),
    jsonb_build_object('zh-CN', '可以做任何事', 'en', 'May do everything'),
    true, true, '{design,manage_people,manage_roles}', 'guanxi.administrator'
)
"""


def upgrade() -> None:
    for statement in TABLES.split(";\n\n"):
        op.execute(statement)
    connection = op.get_bind()
    version = connection.exec_driver_sql("show server_version_num").scalar_one()
    for statement in text_functions(int(version)):
        connection.exec_driver_sql(statement)
