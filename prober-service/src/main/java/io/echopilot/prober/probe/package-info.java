/** Which probes a definition asks for. */
@NullMarked
package io.echopilot.prober.probe;

import org.jspecify.annotations.NullMarked;
