/**
 * For services that decide: Kafka Streams with exactly-once, records on their way out of a
 * topology, and what becomes of records that can't be read.
 */
@NullMarked
package io.echopilot.starter.streams;

import org.jspecify.annotations.NullMarked;
