/** Kafka Streams around the pure hearts: what comes in, what is kept, what goes out. */
@NullMarked
package io.echopilot.alert.stream;

import org.jspecify.annotations.NullMarked;
