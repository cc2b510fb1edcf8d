/**
 * The pure heart: when a backup of a source is asked for, and when again. Imports only the JDK and
 * the events.
 */
@NullMarked
package io.echopilot.backup.plan;

import org.jspecify.annotations.NullMarked;
