/**
 * The events of EchoPilot DR: identifiers and quantities as types, one sealed interface of records
 * per topic, and their CloudEvents 1.0 binary form over Kafka. Constructors refuse values that make
 * no sense, so an event that exists is valid. Durations are ISO-8601 strings and instants RFC 3339
 * strings in JSON.
 */
@NullMarked
package io.echopilot.events;

import org.jspecify.annotations.NullMarked;
