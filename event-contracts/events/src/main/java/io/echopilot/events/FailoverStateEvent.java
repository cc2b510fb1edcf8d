package io.echopilot.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where each service stands; on {@code echopilot.failover-state}, compacted. A view, never an
 * input.
 */
public sealed interface FailoverStateEvent extends Event {
  /**
   * A service's state in full, published whenever anything in it but the time changes.
   *
   * @param sequence number of the last transition
   * @param since when the phase was entered
   * @param route what the edge was last known to do; its site is null until it was read
   * @param target where a switch under way goes; null when none is
   * @param sites what is known of each site, in order of preference
   * @param why what led to the phase, sentences
   * @param whyNotYet what keeps the next step from happening, sentences; empty when nothing is due
   * @param nextDeadline when time alone will change something; null when it won't
   */
  @EventType(
      value = "io.echopilot.failover.state.v1",
      summary = "Where a service stands: phase, route, votes, why, and why not yet.")
  record FailoverState(
      ServiceId service,
      long revision,
      long sequence,
      FailoverPhase phase,
      Instant since,
      Route route,
      @Nullable SiteId target,
      List<SiteStatus> sites,
      List<String> why,
      List<String> whyNotYet,
      @Nullable Instant nextDeadline)
      implements FailoverStateEvent {
    public FailoverState {
      Checks.present("service", service);
      Checks.present("phase", phase);
      Checks.present("since", since);
      Checks.present("route", route);
      sites = List.copyOf(Checks.present("sites", sites));
      why = List.copyOf(Checks.present("why", why));
      whyNotYet = List.copyOf(Checks.present("whyNotYet", whyNotYet));
    }

    @Override
    public String subject() {
      return service.value();
    }
  }

  /**
   * What is known of a site.
   *
   * @param vote what the quorum says: up, down, or unknown when neither has enough votes
   * @param target whether it could take the traffic now
   * @param notes burning budgets and anomalies, sentences
   */
  record SiteStatus(
      SiteId site, Vote vote, boolean target, List<LocationStatus> locations, List<String> notes) {
    public SiteStatus {
      Checks.present("site", site);
      Checks.present("vote", vote);
      locations = List.copyOf(Checks.present("locations", locations));
      notes = List.copyOf(Checks.present("notes", notes));
    }
  }

  /**
   * A location's vote on a site and what it rests on.
   *
   * @param failures failures in a row of its worst critical probe, counted up to the policy's bound
   * @param successes successes in a row of its worst critical probe, counted up to the policy's
   *     bound
   * @param finding the newest result of that probe; null when there is none
   */
  record LocationStatus(
      LocationId location, Vote vote, int failures, int successes, @Nullable String finding) {
    public LocationStatus {
      Checks.present("location", location);
      Checks.present("vote", vote);
    }
  }
}
