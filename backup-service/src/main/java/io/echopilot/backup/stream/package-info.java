/**
 * Kafka Streams around the plan: each request for a backup is written once, whatever number of
 * replicas there are.
 */
@NullMarked
package io.echopilot.backup.stream;

import org.jspecify.annotations.NullMarked;
