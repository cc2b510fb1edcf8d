/**
 * What browsers need: the timeline's newest entries, the newest word on everything, and streams
 * that miss nothing.
 */
@NullMarked
package io.echopilot.dashboard.live;

import org.jspecify.annotations.NullMarked;
