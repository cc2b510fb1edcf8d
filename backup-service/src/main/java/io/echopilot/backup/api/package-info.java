/**
 * Answers people and programs over REST, from this replica's own reading of {@code
 * echopilot.backup-events}; whoever asks must log in.
 */
@NullMarked
package io.echopilot.backup.api;

import org.jspecify.annotations.NullMarked;
