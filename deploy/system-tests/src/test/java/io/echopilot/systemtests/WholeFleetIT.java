package io.echopilot.systemtests;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What is tested on a fleet of all services, on one: to start it takes longer than most tests. */
@Suite
@SelectClasses({DashboardIT.class, AlertsIT.class, BackupsIT.class, LocationIT.class})
class WholeFleetIT {}
