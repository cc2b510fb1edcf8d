package io.echopilot.probes;

import java.time.Clock;
import reactor.netty.resources.LoopResources;

/**
 * What a prober lends to its probes.
 *
 * @param loops that carry all of them
 * @param mostBody bytes of an answer that are read at most
 */
public record ProbeContext(LoopResources loops, int mostBody, Secrets secrets, Clock clock) {}
