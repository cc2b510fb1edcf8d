/** Kafka Streams: all events in one order, exactly once, and probe results as summaries. */
@NullMarked
package io.echopilot.dashboard.timeline;

import org.jspecify.annotations.NullMarked;
