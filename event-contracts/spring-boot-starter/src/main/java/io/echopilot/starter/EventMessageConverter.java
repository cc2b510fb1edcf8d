package io.echopilot.starter;

import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.EventEnvelope;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.converter.ConversionException;
import org.springframework.kafka.support.converter.MessagingMessageConverter;

/** Gives a listener method the event, or its envelope where the method asks for one. */
final class EventMessageConverter extends MessagingMessageConverter {
  @Override
  protected Object extractAndConvertValue(ConsumerRecord<?, ?> record, @Nullable Type wanted) {
    Decoded decoded =
        EventCodec.decode(
            record.topic(), (String) record.key(), record.headers(), (byte[]) record.value());
    return switch (decoded) {
      case Decoded.Known(EventEnvelope<?> envelope) ->
          wantsEnvelope(wanted) ? envelope : envelope.data();
      case Decoded.Malformed(String reason) ->
          throw new ConversionException(reason, record, new IllegalArgumentException(reason));
      case Decoded.UnknownType _, Decoded.Tombstone _ ->
          throw new IllegalStateException("should have been filtered: " + decoded);
    };
  }

  private static boolean wantsEnvelope(@Nullable Type wanted) {
    Type raw = wanted instanceof ParameterizedType generic ? generic.getRawType() : wanted;
    return raw == EventEnvelope.class;
  }
}
