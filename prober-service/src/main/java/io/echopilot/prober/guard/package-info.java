/**
 * What watches over the probes: Kafka Streams around guards that read every result of their share
 * of services and tell what they make of it. Their state is in Kafka, so a replica that dies loses
 * nothing.
 */
@NullMarked
package io.echopilot.prober.guard;

import org.jspecify.annotations.NullMarked;
