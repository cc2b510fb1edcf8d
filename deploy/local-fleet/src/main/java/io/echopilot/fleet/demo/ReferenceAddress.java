package io.echopilot.fleet.demo;

import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpServer;

/**
 * An address that accepts connections and says nothing: a prober that can't reach it has lost its
 * own network.
 */
final class ReferenceAddress implements Breakable {
  private final Listener listener;
  private volatile SiteMode mode = SiteMode.OK;

  ReferenceAddress(int port) {
    listener =
        new Listener(connections ->
            TcpServer.create()
                .host(Demo.LOOPBACK)
                .port(port)
                .channelGroup(connections)
                .handle((_, _) -> Mono.never())
                .bindNow());
    listener.open();
  }

  @Override
  public SiteMode mode() {
    return mode;
  }

  @Override
  public void mode(SiteMode next) {
    switch (next) {
      case OK -> listener.open();
      case REFUSE -> listener.close();
      case SLOW, ERROR ->
          throw new IllegalArgumentException("the references know the modes ok and refuse");
    }
    mode = next;
  }

  @Override
  public void close() {
    listener.close();
  }
}
