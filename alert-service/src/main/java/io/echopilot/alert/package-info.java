/**
 * Tells people. Incidents, timers and what was sent are state in Kafka Streams, so that an alert
 * needs no database.
 */
@NullMarked
package io.echopilot.alert;

import org.jspecify.annotations.NullMarked;
