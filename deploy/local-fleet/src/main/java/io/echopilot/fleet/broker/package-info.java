/** The real Kafka broker, KRaft and single-node, formatted and started in one process. */
@NullMarked
package io.echopilot.fleet.broker;

import org.jspecify.annotations.NullMarked;
