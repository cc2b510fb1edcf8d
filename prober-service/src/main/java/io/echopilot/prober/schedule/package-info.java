/**
 * When probes run: fixed slots that never drift and never pile up, and closer ones to confirm a
 * failure.
 */
@NullMarked
package io.echopilot.prober.schedule;

import org.jspecify.annotations.NullMarked;
