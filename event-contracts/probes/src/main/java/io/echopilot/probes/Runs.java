package io.echopilot.probes;

import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.DeniedNetworks.DeniedException;
import io.echopilot.probes.Secrets.MissingSecretException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** How every run ends: within its time-out, and with a finding. */
public final class Runs {
  private Runs() {}

  /**
   * Runs a look.
   *
   * @param where of whom the sentences speak
   * @param look cancelled at the time-out; what it throws becomes a finding
   */
  public static CompletableFuture<Finding> of(
      Endpoint where, Duration timeout, Function<Stopwatch, Mono<Finding>> look) {
    Stopwatch stopwatch = new Stopwatch();
    return Mono.defer(() -> look.apply(stopwatch))
        .timeout(timeout)
        .onErrorResume(failure -> Mono.just(finding(failure, where, timeout, stopwatch)))
        .toFuture()
        .thenApply(Objects::requireNonNull);
  }

  private static Finding finding(
      Throwable failure, Endpoint where, Duration timeout, Stopwatch stopwatch) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof MissingSecretException) {
        return Finding.notCarriedOut(Kind.SETUP, String.valueOf(each.getMessage()));
      }
      if (each instanceof DeniedException) {
        return Finding.notCarriedOut(Kind.DENIED, String.valueOf(each.getMessage()));
      }
    }
    return Finding.of(NetworkErrors.of(failure, where, timeout), stopwatch.phases());
  }
}
