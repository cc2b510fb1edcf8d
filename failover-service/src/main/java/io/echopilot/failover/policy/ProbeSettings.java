package io.echopilot.failover.policy;

import io.echopilot.events.ProbeCheck;
import io.echopilot.probes.ProbeKinds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * What stands under a probe's kind.
 *
 * @param check of no kind when it could not be read, which was told
 */
record ProbeSettings(ProbeCheck check) {
  /** The keys that every probe has. */
  static final List<String> OF_ALL_KINDS =
      List.of("confirm", "critical", "id", "interval", "timeout");

  private static final ProbeSettings MISREAD =
      new ProbeSettings(new ProbeCheck("misread", Map.of()));

  /** Reads the settings as the record of the kind whose key they stand under. */
  static final class Reader extends StdDeserializer<ProbeSettings> {
    private final ProbeKinds kinds = ProbeKinds.all();

    Reader() {
      super(ProbeSettings.class);
    }

    @Override
    public ProbeSettings deserialize(JsonParser json, DeserializationContext context) {
      String key = key(json);
      Optional<Class<? extends Record>> type = kinds.settings(key);
      if (type.isEmpty()) {
        context.handleUnknownProperty(json, this, ServicesFile.Probe.class, key);
        return MISREAD;
      }
      @Nullable Record settings = context.readValue(json, type.get());
      return settings == null ? MISREAD : new ProbeSettings(ProbeKinds.check(key, settings));
    }

    private static String key(JsonParser json) {
      TokenStreamContext at = json.streamReadContext();
      boolean entered = json.currentToken().isStructStart();
      return String.valueOf(entered ? at.getParent().currentName() : at.currentName());
    }

    @Override
    public Collection<Object> getKnownPropertyNames() {
      List<Object> known = new ArrayList<>(OF_ALL_KINDS);
      known.addAll(kinds.keys());
      return known;
    }
  }
}
