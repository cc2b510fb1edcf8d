/** Probes of PostgreSQL: {@code postgres: {connection: secret:checkout-db, query: "select 1"}}. */
@NullMarked
package io.echopilot.probes.postgres;

import org.jspecify.annotations.NullMarked;
