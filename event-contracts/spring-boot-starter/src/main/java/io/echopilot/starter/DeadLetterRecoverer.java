package io.echopilot.starter;

import io.echopilot.events.RecordPosition;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;

/**
 * Sets aside what a listener can't take, as {@link DeadLetters} says. Spring's own recoverer adds a
 * stack trace and copies the record whole, which may then be too large to be written, for ever.
 */
final class DeadLetterRecoverer implements ConsumerRecordRecoverer {
  private static final long TIMEOUT_SECONDS = 30;

  private final KafkaOperations<String, byte[]> kafka;
  private final String application;
  private final MeterRegistry meters;

  DeadLetterRecoverer(
      KafkaOperations<String, byte[]> kafka, String application, MeterRegistry meters) {
    this.kafka = kafka;
    this.application = application;
    this.meters = meters;
  }

  /** Returns once the letter is written; throws when it is not, and the record comes again. */
  @Override
  public void accept(ConsumerRecord<?, ?> record, Exception failure) {
    var letter =
        DeadLetters.letter(
            new RecordPosition(record.topic(), record.partition(), record.offset()),
            (String) record.key(),
            (byte[]) record.value(),
            record.headers(),
            application,
            rootMessage(failure));
    try {
      kafka.send(letter).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the dead letter was not written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while a dead letter was written", e);
    }
    meters.counter("echopilot.events.dead.lettered", "topic", record.topic()).increment();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
    return Objects.requireNonNullElseGet(root.getMessage(), root::toString);
  }
}
