package io.echopilot.fleet.demo;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;

/** A listening socket that can be taken away with every connection that came in by it. */
final class Listener {
  private final Function<ChannelGroup, DisposableServer> binding;
  private @Nullable Open open;

  private record Open(DisposableServer server, ChannelGroup connections) {}

  /**
   * @param binding binds, and puts each accepted connection into the group
   */
  Listener(Function<ChannelGroup, DisposableServer> binding) {
    this.binding = binding;
  }

  synchronized void open() {
    if (open == null) {
      // The group stays closed once closed: what is accepted during the closing is closed as well.
      ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
      open = new Open(binding.apply(connections), connections);
    }
  }

  synchronized void close() {
    if (open != null) {
      open.server().channel().close().syncUninterruptibly();
      open.connections().close().syncUninterruptibly();
      open = null;
    }
  }
}
