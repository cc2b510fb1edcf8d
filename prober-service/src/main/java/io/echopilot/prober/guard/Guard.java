package io.echopilot.prober.guard;

import io.echopilot.events.Event;
import io.echopilot.events.ProbeEvent;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceId;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Makes something of the results of a share of the services. One thread at a time calls it; what it
 * throws stops the share, so bad input must not make it throw.
 */
public interface Guard {
  /** Where the events go. */
  interface Outlet {
    /**
     * Tells at once.
     *
     * @param id the same whenever the same is told
     */
    void tell(Event event, String id, Instant now);

    /** Tells when it suits: nobody waits for it. */
    void mention(Event event, String id, Instant now);
  }

  /**
   * Begins, before anything else is called.
   *
   * @param store what an earlier process kept; a change is in the same transaction as the results
   *     that made it
   */
  void open(KeyValueStore<String, byte[]> store, Outlet outlet);

  /** A service is defined, anew or, after {@link #open}, still. */
  void defined(ServiceDefinition definition, Instant now);

  void removed(ServiceId service);

  /** A result of a service that is defined, perhaps late or for the second time. */
  void seen(ProbeEvent event, Instant now);

  /** About once a second; {@code now} never runs backwards, and stands still in a backlog. */
  void tick(Instant now);
}
