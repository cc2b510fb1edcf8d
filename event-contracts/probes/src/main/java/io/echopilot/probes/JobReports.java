package io.echopilot.probes;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When jobs reported in, as far as this prober has read. */
public interface JobReports {
  /** Of a prober that reads none. */
  JobReports UNREAD = _ -> Optional.empty();

  /**
   * What is known of the job that a heartbeat probe waits for.
   *
   * @return empty while this prober has not read all reports
   */
  Optional<Standing> of(Target target);

  /**
   * How a job stands.
   *
   * @param at when it last reported in for the site, or, if it never has, since when it is awaited
   * @param deaf when reports last could not be taken, so that it may have tried in vain; null when
   *     they always could
   */
  record Standing(Instant at, boolean reported, @Nullable Instant deaf) {}
}
