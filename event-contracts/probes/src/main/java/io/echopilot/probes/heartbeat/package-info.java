/**
 * Jobs that report in: {@code heartbeat: {token: secret:workflows, period: 5m, grace: 1m}}. What
 * they report reaches the prober's {@link io.echopilot.probes.JobReports}.
 */
@NullMarked
package io.echopilot.probes.heartbeat;

import org.jspecify.annotations.NullMarked;
