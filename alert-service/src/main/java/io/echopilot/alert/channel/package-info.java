/** The ways to reach people, behind one interface, and the courier that carries requests out. */
@NullMarked
package io.echopilot.alert.channel;

import org.jspecify.annotations.NullMarked;
