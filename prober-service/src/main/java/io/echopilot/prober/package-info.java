/**
 * Prober-service: {@link io.echopilot.prober.schedule} says when, {@link io.echopilot.prober.probe}
 * looks, {@link io.echopilot.prober.location} doubts itself, {@link io.echopilot.prober.publish}
 * says what was seen.
 */
@NullMarked
package io.echopilot.prober;

import org.jspecify.annotations.NullMarked;
