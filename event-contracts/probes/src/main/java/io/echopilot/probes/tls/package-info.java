/**
 * TLS: how a probe speaks it, and the kind that looks at nothing else, {@code tls: {daysLeft: 14}}.
 */
@NullMarked
package io.echopilot.probes.tls;

import org.jspecify.annotations.NullMarked;
