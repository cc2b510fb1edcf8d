package io.echopilot.events;

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
   */
  @EventType(
      value = "io.echopilot.probe.completed.v1",
      summary = "A probe ran against a site from one location.")
  record ProbeCompleted(
      ServiceId service, SiteId site, ProbeId probe, @Nullable Integer status, ProbeRun run)
      implements ProbeEvent {
    public ProbeCompleted {
      Checks.present("service", service);
      Checks.present("site", site);
      Checks.present("probe", probe);
      Checks.present("run", run);
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
