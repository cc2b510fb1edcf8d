package io.echopilot.probes;

import java.time.Clock;
import reactor.netty.resources.LoopResources;

/**
 * What a prober lends to its probes.
 *
 * @param loops that carry all of them; they connect to no denied network
 * @param mostBody bytes of an answer that are read at most
 * @param jobs when jobs reported in
 * @param denied to be asked by a kind that connects by other means than {@code loops}
 */
public record ProbeContext(
    LoopResources loops,
    int mostBody,
    Secrets secrets,
    Clock clock,
    JobReports jobs,
    DeniedNetworks denied) {
  public ProbeContext {
    loops = denied.guard(loops);
  }
}
