package io.echopilot.starter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * A {@link KafkaListener} for events. The method takes an event family (such as {@code
 * FailoverEvent}) or its {@code EventEnvelope}, and may return a {@code CompletableFuture<Void>}:
 * the offset is committed once that completes. An exception is retried five times within five
 * seconds and then sends the record to the topic's dead letters. Records are told at least once.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@KafkaListener(containerFactory = "echoPilotListenerContainerFactory")
public @interface EchoPilotListener {
  /** Topics, see {@link io.echopilot.events.TopicNames}. */
  @AliasFor(annotation = KafkaListener.class, attribute = "topics")
  String[] topics();

  /**
   * Consumer group; the application's name when not given, else the listener's class, so that two
   * services never share a group by accident.
   */
  @AliasFor(annotation = KafkaListener.class, attribute = "groupId")
  String groupId() default
      "${spring.kafka.consumer.group-id:${spring.application.name:#{__listener.class.name}}}";

  /** The listener's name in logs and metrics. */
  @AliasFor(annotation = KafkaListener.class, attribute = "id")
  String id() default "";

  /** How many consumers share the partitions. */
  @AliasFor(annotation = KafkaListener.class, attribute = "concurrency")
  String concurrency() default "1";
}
