/** Probes by ICMP echo: {@code icmp: {host: 192.0.2.1}}. */
@NullMarked
package io.echopilot.probes.icmp;

import org.jspecify.annotations.NullMarked;
