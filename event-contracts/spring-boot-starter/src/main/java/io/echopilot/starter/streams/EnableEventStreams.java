package io.echopilot.starter.streams;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.EnableKafkaStreams;

/**
 * On a configuration that builds a topology: Kafka Streams runs with exactly-once and the settings
 * under {@code echopilot.streams}, a failed thread is replaced, and readiness waits for it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnableKafkaStreams
@Import(StreamsConfiguration.class)
public @interface EnableEventStreams {}
