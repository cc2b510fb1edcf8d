package io.echopilot.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The versioned name of an event, its {@code ce_type}; a breaking change is a new record with a new
 * name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
  /** For example {@code io.echopilot.failover.started.v1}. */
  String value();

  /** One sentence for a reader of the AsyncAPI document. */
  String summary();
}
