package io.echopilot.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the locations saw; on {@code echopilot.probe-results}. */
public sealed interface ProbeEvent extends Event {
  ServiceId service();

  ProbeRun run();

  @Override
  default String subject() {
    return service().value();
  }

  /**
   * A probe ran against a site.
   *
   * @param status HTTP status; null when there was none
   * @param numbers what the probe read in the answer, by name; empty when it reads none
   * @param parts the dependencies that the answer tells of; empty when it tells of none
   */
  @EventType(
      value = "io.echopilot.probe.completed.v1",
      summary = "A probe ran against a site from one location.")
  record ProbeCompleted(
      ServiceId service,
      SiteId site,
      ProbeId probe,
      @Nullable Integer status,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> numbers,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Part> parts,
      ProbeRun run)
      implements ProbeEvent {
    public ProbeCompleted {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("probe", probe);
      Checks.present("run", run);
      // Absent in JSON, of old results too.
      numbers = Checks.sorted(numbers);
      parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** A run that read no numbers and saw no parts. */
    public ProbeCompleted(
        ServiceId service, SiteId site, ProbeId probe, @Nullable Integer status, ProbeRun run) {
      this(service, site, probe, status, Map.of(), List.of(), run);
    }
  }

  /**
   * Something that the target depends on, as the target itself tells of it.
   *
   * @param message what it says beside its state; null when nothing
   */
  record Part(String name, State state, @Nullable String message) {
    public Part {
      Checks.text("part.name", name);
      Checks.present("part.state", state);
    }

    /** How a part fares. */
    public enum State {
      UP,
      DOWN,
      /** The target does not know, or says a word that is not known here. */
      UNKNOWN;

      @JsonValue
      public String value() {
        return EnumNames.lower(this);
      }

      @JsonCreator
      public static State of(String value) {
        return EnumNames.known(State.class, value).orElse(UNKNOWN);
      }
    }
  }

  /**
   * The entrypoint was asked which site answers there.
   *
   * @param status HTTP status; null when there was none
   * @param servedBy the site that answered; null when the answer did not tell
   */
  @EventType(
      value = "io.echopilot.entrypoint.probed.v1",
      summary = "The entrypoint was asked which site answers there.")
  record EntrypointProbed(
      ServiceId service, @Nullable Integer status, @Nullable SiteId servedBy, ProbeRun run)
      implements ProbeEvent {
    public EntrypointProbed {
      Checks.present("service", service);
      Checks.present("run", run);
    }
  }
}
