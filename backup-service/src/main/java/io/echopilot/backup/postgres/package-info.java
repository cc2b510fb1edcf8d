/**
 * What is said to PostgreSQL: its own tools, each with its exit code checked, and a session that
 * reads what a database holds.
 */
@NullMarked
package io.echopilot.backup.postgres;

import org.jspecify.annotations.NullMarked;
