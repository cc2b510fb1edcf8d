/**
 * Answers people and programs over REST, from this replica's own reading of {@code
 * echopilot.failover-state}; whoever asks must log in.
 */
@NullMarked
package io.echopilot.failover.api;

import org.jspecify.annotations.NullMarked;
