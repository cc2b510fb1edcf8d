package io.echopilot.prober.location;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/** References that answer by accepting a TCP connection. */
public final class TcpReferences implements References {
  private final List<String> addresses;
  private final Duration timeout;
  private final TcpClient client;

  /**
   * Makes the references of a location.
   *
   * @param addresses as {@code host:port}
   */
  public TcpReferences(List<String> addresses, Duration timeout, LoopResources loops) {
    this.addresses = List.copyOf(addresses);
    this.timeout = timeout;
    this.client = TcpClient.newConnection().runOn(loops);
  }

  @Override
  public List<String> addresses() {
    return addresses;
  }

  @Override
  public CompletableFuture<Boolean> anyAnswers() {
    return Flux.fromIterable(addresses)
        .flatMap(this::answers)
        .any(answered -> answered)
        .toFuture()
        .thenApply(Objects::requireNonNull);
  }

  private Mono<Boolean> answers(String address) {
    int colon = address.lastIndexOf(':');
    return client
        .host(address.substring(0, colon))
        .port(Integer.parseInt(address.substring(colon + 1)))
        .connect()
        .doOnNext(Connection::dispose)
        .map(_ -> true)
        .timeout(timeout)
        .onErrorReturn(false);
  }
}
