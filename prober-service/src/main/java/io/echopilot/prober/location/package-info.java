/** Self-doubt: whether this location can reach anything at all. */
@NullMarked
package io.echopilot.prober.location;

import org.jspecify.annotations.NullMarked;
