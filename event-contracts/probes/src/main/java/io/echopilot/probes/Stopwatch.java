package io.echopilot.probes;

import io.echopilot.events.ProbeRun.Phases;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Marks when the phases of one HTTP exchange end. Written by the exchange's event loop, read once
 * it is over; the fields are volatile because a time-out ends it from another thread.
 */
public final class Stopwatch {
  private static final long NEVER = Long.MIN_VALUE;

  private final long started = System.nanoTime();
  private volatile long resolving = NEVER;
  private volatile long resolved = NEVER;
  private volatile long connected = NEVER;
  private volatile long secured = NEVER;
  private volatile long requested = NEVER;
  private volatile long answered = NEVER;

  public void resolving() {
    resolving = System.nanoTime();
  }

  public void resolved() {
    resolved = System.nanoTime();
  }

  public void connected() {
    connected = System.nanoTime();
  }

  public void secured() {
    secured = System.nanoTime();
  }

  public void requested() {
    requested = System.nanoTime();
  }

  public void answered() {
    answered = System.nanoTime();
  }

  /** For a channel's pipeline: TCP is connected when it becomes active, TLS has yet to begin. */
  public ChannelHandler connectMark() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelActive(ChannelHandlerContext context) {
        connected();
        context.fireChannelActive();
      }
    };
  }

  public Phases phases() {
    return new Phases(
        between(resolving, resolved),
        between(resolved == NEVER ? started : resolved, connected),
        between(connected, secured),
        between(requested, answered),
        Duration.ofNanos(System.nanoTime() - started));
  }

  private static @Nullable Duration between(long from, long to) {
    return from == NEVER || to == NEVER ? null : Duration.ofNanos(Math.max(0, to - from));
  }
}
