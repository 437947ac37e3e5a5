"""What an installation knows: workspaces, identities, tries to sign in."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE guanxi.workspace (
    name TEXT NOT NULL,
    schema TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT workspace_pkey PRIMARY KEY (name),
    CONSTRAINT workspace_schema_key UNIQUE (schema)
);

CREATE TABLE guanxi.identity (
    id UUID NOT NULL,
    email TEXT NOT NULL,
    password_hash TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT identity_pkey PRIMARY KEY (id),
    CONSTRAINT identity_email_key UNIQUE (email)
);

CREATE TABLE guanxi.sign_in_attempt (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    email_hash BYTEA NOT NULL,
    address TEXT NOT NULL,
    succeeded BOOLEAN NOT NULL,
    CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (id)
);

CREATE INDEX sign_in_attempt_address_at_idx ON guanxi.sign_in_attempt (address, at);

CREATE INDEX sign_in_attempt_at_idx ON guanxi.sign_in_attempt (at);

CREATE INDEX sign_in_attempt_email_hash_at_idx ON guanxi.sign_in_attempt (email_hash, at)
"""


def upgrade() -> None:
    for statement in TABLES.split(";\n\n"):
        op.execute(statement)
