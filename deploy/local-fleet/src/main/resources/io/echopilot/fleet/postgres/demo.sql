SET SESSION AUTHORIZATION demo;

CREATE TABLE wh_clients (
  client_id  text PRIMARY KEY,
  name       text NOT NULL,
  email      text NOT NULL UNIQUE,
  plan       text NOT NULL CHECK (plan IN ('free', 'team', 'business')),
  settings   jsonb NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE wh_job_log (
  job_id      bigserial PRIMARY KEY,
  job         text NOT NULL,
  client_id   text NOT NULL REFERENCES wh_clients,
  status      text NOT NULL CHECK (status IN ('done', 'failed', 'skipped')),
  started_at  timestamptz NOT NULL,
  duration_ms integer NOT NULL,
  payload     bytea
);

CREATE INDEX wh_job_log_by_status ON wh_job_log (status, started_at);

CREATE TABLE wh_automation_log (
  entry_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id  text NOT NULL REFERENCES wh_clients,
  job_id     bigint REFERENCES wh_job_log,
  automation text NOT NULL,
  outcome    jsonb NOT NULL,
  at         timestamptz NOT NULL
);

CREATE INDEX wh_automation_log_by_client ON wh_automation_log (client_id, at);

INSERT INTO wh_clients
SELECT 'client-' || lpad(n::text, 4, '0'),
       (ARRAY['Åkesson', 'Baumgartner', 'Castaño', 'Dvořák', 'O''Neill', 'Yıldız'])[n % 6 + 1] || ' & Co. ' || n,
       'office@client-' || n || '.example',
       (ARRAY['free', 'team', 'business'])[n % 3 + 1],
       jsonb_build_object('locale', (ARRAY['en', 'de', 'es'])[n % 3 + 1], 'seats', n % 40 + 1),
       timestamptz '2025-01-01 08:00:00Z' + n * interval '37 hours'
FROM generate_series(1, 120) n;

INSERT INTO wh_job_log (job, client_id, status, started_at, duration_ms, payload)
SELECT (ARRAY['sync-notion', 'send-report', 'rotate-logs', 'bill'])[n % 4 + 1],
       'client-' || lpad((n % 120 + 1)::text, 4, '0'),
       CASE WHEN n % 29 = 0 THEN 'failed' WHEN n % 17 = 0 THEN 'skipped' ELSE 'done' END,
       timestamptz '2026-10-01 00:00:00Z' + n * interval '53 minutes',
       40 + n * 7919 % 4000,
       CASE WHEN n % 5 = 0 THEN sha256(n::text::bytea) END
FROM generate_series(1, 600) n;

INSERT INTO wh_automation_log (client_id, job_id, automation, outcome, at)
SELECT client_id,
       CASE WHEN job_id % 7 > 0 THEN job_id END,
       'after-' || job,
       jsonb_build_object('status', status, 'rows', job_id % 211),
       started_at + duration_ms * interval '1 millisecond'
FROM wh_job_log
WHERE job_id % 2 = 0;

