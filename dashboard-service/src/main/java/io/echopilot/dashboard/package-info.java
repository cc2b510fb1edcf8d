/**
 * Dashboard-service: merges what all services say into one timeline and shows it live. {@code
 * summary} is pure and makes probe results short, {@code timeline} is Kafka Streams, {@code live}
 * keeps what browsers need, {@code web} lets people in and serves them.
 */
@NullMarked
package io.echopilot.dashboard;

import org.jspecify.annotations.NullMarked;
