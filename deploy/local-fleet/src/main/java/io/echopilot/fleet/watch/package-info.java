/** What happens in the fleet, as lines for a person who watches. */
@NullMarked
package io.echopilot.fleet.watch;

import org.jspecify.annotations.NullMarked;
