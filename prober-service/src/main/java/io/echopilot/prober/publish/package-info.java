/** Says what was seen: runs, and how the location itself fares. */
@NullMarked
package io.echopilot.prober.publish;

import org.jspecify.annotations.NullMarked;
