package io.echopilot.dashboard.web;

/** The login page, with places for its notice and its token. */
record LoginPage(String html) {}
