/** Pure: many probe results become one short summary per span of time. */
@NullMarked
package io.echopilot.dashboard.summary;

import org.jspecify.annotations.NullMarked;
