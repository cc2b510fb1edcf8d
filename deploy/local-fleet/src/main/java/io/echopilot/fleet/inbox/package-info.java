/**
 * A local inbox in place of Telegram and Slack: speaks the parts of their APIs that are used, with
 * their limits and error bodies, and shows what people would see.
 */
@NullMarked
package io.echopilot.fleet.inbox;

import org.jspecify.annotations.NullMarked;
