/**
 * The pure heart: what of a service's failover events makes an incident, and how it stands. Imports
 * only the JDK and the events.
 */
@NullMarked
package io.echopilot.alert.incident;

import org.jspecify.annotations.NullMarked;
