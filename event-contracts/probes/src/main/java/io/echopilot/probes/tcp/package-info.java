/** Probes over TCP: {@code tcp: {port: 6379, send: "PING\r\n", expect: PONG}}. */
@NullMarked
package io.echopilot.probes.tcp;

import org.jspecify.annotations.NullMarked;
