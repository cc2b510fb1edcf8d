package io.echopilot.prober.location;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;

/** References that answer by accepting a TCP connection. */
public final class TcpReferences implements References {
  /** A process that stands still on and on is impaired, whatever its network does. */
  private static final int LOOKS = 3;

  private final List<String> addresses;
  private final Duration timeout;
  private final LongPredicate stoodStill;
  private final TcpClient client;

  /**
   * Makes the references of a location.
   *
   * @param addresses as {@code host:port}
   * @param stoodStill whether this process itself did since a {@link System#nanoTime}: a look in
   *     vain is then repeated
   */
  public TcpReferences(
      List<String> addresses, Duration timeout, LoopResources loops, LongPredicate stoodStill) {
    this.addresses = List.copyOf(addresses);
    this.timeout = timeout;
    this.stoodStill = stoodStill;
    this.client = TcpClient.newConnection().runOn(loops);
  }

  @Override
  public List<String> addresses() {
    return addresses;
  }

  @Override
  public CompletableFuture<Boolean> anyAnswers() {
    return look(LOOKS).toFuture().thenApply(Objects::requireNonNull);
  }

  private Mono<Boolean> look(int left) {
    return Mono.defer(() -> {
      long started = System.nanoTime();
      return Flux.fromIterable(addresses)
          .flatMap(this::answers)
          .any(answered -> answered)
          .flatMap(answered ->
              answered || left == 1 || !stoodStill.test(started)
                  ? Mono.just(answered)
                  : look(left - 1));
    });
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
