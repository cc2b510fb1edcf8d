/**
 * Jobs that report in by HTTP. Their reports are kept on {@code echopilot.job-reports}, which each
 * prober reads as a whole: any of them takes a report, and all know of it.
 */
@NullMarked
package io.echopilot.prober.job;

import org.jspecify.annotations.NullMarked;
