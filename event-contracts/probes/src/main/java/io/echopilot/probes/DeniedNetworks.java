package io.echopilot.probes;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * Networks that no probe may connect to, whoever wrote its definition. What counts is the address
 * that is connected to, after any look-up and any redirect, so that no name leads around it.
 */
public final class DeniedNetworks {
  public static final DeniedNetworks NONE = new DeniedNetworks(List.of());

  private final List<Network> networks;

  public DeniedNetworks(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  /** An address in a denied network; the message is the sentence for people. */
  public static final class DeniedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeniedException(InetAddress address, Network network) {
      super(
          "this prober may not connect to %s: its configuration denies %s"
              .formatted(address.getHostAddress(), network));
    }
  }

  /**
   * For a kind that connects by other means than the context's loops.
   *
   * @throws DeniedException if the address lies in a denied network
   */
  public void check(InetAddress address) {
    denial(address)
        .ifPresent(denied -> {
          throw denied;
        });
  }

  private Optional<DeniedException> denial(InetAddress address) {
    return networks.stream()
        .filter(network -> reached(address).anyMatch(network::contains))
        .findFirst()
        .map(network -> new DeniedException(address, network));
  }

  /** The unspecified address leads to the machine itself. */
  private static Stream<InetAddress> reached(InetAddress address) {
    return address.isAnyLocalAddress()
        ? Stream.of(address, Network.of("127.0.0.1").first(), Network.of("::1").first())
        : Stream.of(address);
  }

  /** Loops whose channels connect to no address in a denied network. */
  LoopResources guard(LoopResources loops) {
    return networks.isEmpty() ? loops : new GuardedLoops(loops, new Guard());
  }

  @ChannelHandler.Sharable
  private final class Guard extends ChannelOutboundHandlerAdapter {
    @Override
    public void connect(
        ChannelHandlerContext context,
        SocketAddress remote,
        @Nullable SocketAddress local,
        ChannelPromise promise) {
      Optional<DeniedException> denied =
          remote instanceof InetSocketAddress inet && !inet.isUnresolved()
              ? denial(inet.getAddress())
              : Optional.empty();
      if (denied.isPresent()) {
        var _ = promise.setFailure(denied.get());
      } else {
        var _ = context.connect(remote, local, promise);
      }
    }
  }
}
