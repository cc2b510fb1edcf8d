/**
 * A PostgreSQL server as one more process of the fleet: the machine's own program where there is
 * one, else an embedded one. It listens on the loopback address alone and asks everybody for a
 * password. Its first start makes the demo's database with something in it, an empty one for our
 * services, and the roles that use them.
 */
@NullMarked
package io.echopilot.fleet.postgres;

import org.jspecify.annotations.NullMarked;
