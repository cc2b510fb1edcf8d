/** Probes over HTTP: {@code http: {path: /health}}. */
@NullMarked
package io.echopilot.probes.http;

import org.jspecify.annotations.NullMarked;
