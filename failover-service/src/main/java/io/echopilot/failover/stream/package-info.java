/**
 * Runs the decision over Kafka: one Kafka Streams topology, exactly once, that commits as soon as
 * it has decided. State lives in stores with changelogs; see
 * docs/adr/0001-streams-commit-on-decision.md.
 */
@NullMarked
package io.echopilot.failover.stream;

import org.jspecify.annotations.NullMarked;
