package io.echopilot.events;

/** Which services are protected, and how; on {@code echopilot.services}, compacted. */
public sealed interface ServiceEvent extends Event {
  ServiceId service();

  /** Rises with every change; a reader ignores a revision lower than one it has seen. */
  long revision();

  @Override
  default String subject() {
    return service().value();
  }

  /**
   * A service's definition in full.
   *
   * @param hash SHA-256 (hex) of the definition, which decisions name as their policy
   */
  @EventType(
      value = "io.echopilot.service.defined.v1",
      summary = "A protected service was defined or its definition changed.")
  record ServiceDefined(ServiceId service, long revision, String hash, ServiceDefinition definition)
      implements ServiceEvent {
    public ServiceDefined {
      Checks.present("service", service);
      Checks.atLeast("revision", 1, revision);
      Checks.text("hash", hash);
      Checks.present("definition", definition);
      if (!definition.id().equals(service)) {
        throw new IllegalArgumentException(
            "definition.id is %s, but the event is about %s".formatted(definition.id(), service));
      }
    }
  }

  /** A service is no longer protected; nothing will move its traffic. */
  @EventType(
      value = "io.echopilot.service.removed.v1",
      summary = "A service is no longer protected; nothing will move its traffic.")
  record ServiceRemoved(ServiceId service, long revision) implements ServiceEvent {
    public ServiceRemoved {
      Checks.present("service", service);
      Checks.atLeast("revision", 1, revision);
    }
  }
}
