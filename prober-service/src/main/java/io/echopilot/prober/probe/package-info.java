/** What probes look at: one small class per kind behind {@link io.echopilot.prober.probe.Probe}. */
@NullMarked
package io.echopilot.prober.probe;

import org.jspecify.annotations.NullMarked;
