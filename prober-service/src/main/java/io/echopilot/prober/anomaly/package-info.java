/**
 * What is unusual of a series of numbers, found in one pass by {@link
 * io.echopilot.prober.anomaly.Detector}: several views of each value, each with its own record of
 * how rare what it sees is. No I/O, no clock: docs/adr/0011 gives the reasons.
 */
@NullMarked
package io.echopilot.prober.anomaly;

import org.jspecify.annotations.NullMarked;
