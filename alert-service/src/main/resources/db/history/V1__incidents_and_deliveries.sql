-- The newest state of each incident.
CREATE TABLE incidents (
  id          text PRIMARY KEY,
  service     text NOT NULL,
  cause       text NOT NULL,
  level       text NOT NULL,
  title       text NOT NULL,
  opened_at   timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  resolved_at timestamptz,
  revision    integer NOT NULL
);

CREATE INDEX incidents_by_opening ON incidents (opened_at DESC);
CREATE INDEX incidents_by_service ON incidents (service, opened_at DESC);

-- Everything that happened: an event carries the newest entries only, here they add up.
CREATE TABLE incident_entries (
  incident_id      text NOT NULL REFERENCES incidents ON DELETE CASCADE,
  at               timestamptz NOT NULL,
  text             text NOT NULL,
  cause_topic      text NOT NULL,
  cause_partition  integer NOT NULL,
  cause_offset     bigint NOT NULL,
  -- One record may lead to several entries, and a text may be too long for an index.
  text_hash        text NOT NULL GENERATED ALWAYS AS (md5(text)) STORED,
  PRIMARY KEY (incident_id, cause_topic, cause_partition, cause_offset, text_hash)
);

-- One row per attempt. Its incident may be written later: they come from two topics.
CREATE TABLE deliveries (
  incident_id   text NOT NULL,
  channel       text NOT NULL,
  delivery      integer NOT NULL,
  attempt       integer NOT NULL,
  revision      integer NOT NULL,
  resolved      boolean,
  edits         text,
  requested_at  timestamptz,
  outcome       text NOT NULL DEFAULT 'requested',
  outcome_at    timestamptz,
  message       text,
  reason        text,
  retry_after   interval,
  result_offset bigint,
  PRIMARY KEY (incident_id, channel, delivery, attempt)
);
