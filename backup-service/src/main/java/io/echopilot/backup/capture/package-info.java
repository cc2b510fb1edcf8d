/** The worker: carries out one request for a backup after the other, and says what became of it. */
@NullMarked
package io.echopilot.backup.capture;

import org.jspecify.annotations.NullMarked;
