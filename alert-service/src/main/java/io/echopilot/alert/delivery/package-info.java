/**
 * The other pure heart: which channel is to show what of an incident, and when to try again.
 * Imports only the JDK and the events.
 */
@NullMarked
package io.echopilot.alert.delivery;

import org.jspecify.annotations.NullMarked;
