/**
 * The rule of failover, pure: {@code (state, input, now) → (new state, events)}. Start with {@link
 * io.echopilot.failover.decision.Rules}; what the locations say is counted in {@link
 * io.echopilot.failover.decision.Ballot}. Imports only {@code java.*}, the events and JSpecify.
 */
@NullMarked
package io.echopilot.failover.decision;

import org.jspecify.annotations.NullMarked;
