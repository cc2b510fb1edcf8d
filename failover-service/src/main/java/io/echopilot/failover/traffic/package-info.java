/**
 * Moves traffic and reads it back: an actuator that carries out what was decided, a reader of
 * routes, and one adapter per kind of edge behind {@link
 * io.echopilot.failover.traffic.TrafficAdapter}.
 */
@NullMarked
package io.echopilot.failover.traffic;

import org.jspecify.annotations.NullMarked;
