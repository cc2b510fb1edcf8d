/**
 * Measurements beside peers in the same run. Each prints its figures and ends with one line of
 * JSON.
 */
@NullMarked
package io.echopilot.benchmarks;

import org.jspecify.annotations.NullMarked;
