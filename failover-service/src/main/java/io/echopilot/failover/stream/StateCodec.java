package io.echopilot.failover.stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.echopilot.events.EventJson;
import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeId;
import io.echopilot.events.SiteId;
import io.echopilot.failover.decision.State;
import io.echopilot.failover.decision.TrackKey;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The JSON of what the stores keep. */
final class StateCodec {
  private static final JsonMapper MAPPER =
      EventJson.mapper()
          .rebuild()
          .addMixIn(State.class, Typed.class)
          .addModule(
              new SimpleModule()
                  .addKeySerializer(TrackKey.class, new TrackKeySerializer())
                  .addKeyDeserializer(TrackKey.class, new TrackKeyDeserializer()))
          .build();

  private StateCodec() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static <T> T read(byte[] json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  static String text(TrackKey key) {
    return key.site() + "/" + key.location() + "/" + key.probe();
  }

  static TrackKey trackKey(String text) {
    String[] parts = text.split("/", 3);
    return new TrackKey(new SiteId(parts[0]), new LocationId(parts[1]), new ProbeId(parts[2]));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "state")
  private interface Typed {}

  private static final class TrackKeySerializer extends ValueSerializer<TrackKey> {
    @Override
    public void serialize(TrackKey key, JsonGenerator json, SerializationContext context) {
      json.writeName(text(key));
    }
  }

  private static final class TrackKeyDeserializer extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return trackKey(key);
    }
  }
}
