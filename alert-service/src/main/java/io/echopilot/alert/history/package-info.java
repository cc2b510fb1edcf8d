/**
 * What people query later: incidents and deliveries in PostgreSQL, a projection of their two topics
 * that can be rebuilt from them. Nothing that tells people depends on it; while the database is
 * away it waits, and catches up afterwards.
 */
@NullMarked
package io.echopilot.alert.history;

import org.jspecify.annotations.NullMarked;
