/**
 * Failover-service: {@link io.echopilot.failover.decision} decides, {@link
 * io.echopilot.failover.stream} runs the decision over Kafka, {@link io.echopilot.failover.policy}
 * reads what is protected, {@link io.echopilot.failover.traffic} moves traffic, {@link
 * io.echopilot.failover.api} answers people.
 */
@NullMarked
package io.echopilot.failover;

import org.jspecify.annotations.NullMarked;
