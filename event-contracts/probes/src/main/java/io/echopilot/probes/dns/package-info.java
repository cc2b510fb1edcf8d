/** Probes of names: {@code dns: {name: www.example.com, type: A, expect: [192.0.2.1]}}. */
@NullMarked
package io.echopilot.probes.dns;

import org.jspecify.annotations.NullMarked;
