/**
 * The whole of EchoPilot DR on one machine: a real broker and database, the demo and the services,
 * each a process of its own, with nothing installed but a JDK and Maven. The scripts in {@code
 * deploy} and the system tests drive the same {@code LocalFleet}.
 */
@NullMarked
package io.echopilot.fleet;

import org.jspecify.annotations.NullMarked;
