CREATE ROLE demo LOGIN PASSWORD ':demo';

CREATE ROLE echopilot LOGIN PASSWORD ':echopilot';

CREATE ROLE backup LOGIN CREATEDB PASSWORD ':backup' IN ROLE pg_read_all_data;

CREATE DATABASE demo OWNER demo;

CREATE DATABASE echopilot OWNER echopilot;

