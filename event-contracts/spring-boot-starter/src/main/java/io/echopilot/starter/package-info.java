/**
 * Turns the events of EchoPilot DR into typed listeners and publishers of a Spring Boot service:
 * {@link io.echopilot.starter.EchoPilotListener}, {@link io.echopilot.starter.EventPublisher},
 * {@link io.echopilot.starter.CompactedTopicReader} and, for Kafka Streams, {@link
 * io.echopilot.starter.Deduplication}. What can't be parsed goes to the topic's dead letters with
 * its reason; what isn't known is counted and skipped.
 */
@NullMarked
package io.echopilot.starter;

import org.jspecify.annotations.NullMarked;
