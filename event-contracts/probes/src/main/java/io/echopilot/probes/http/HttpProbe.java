package io.echopilot.probes.http;

import com.jayway.jsonpath.JsonPath;
import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.events.ProbeEvent.Part;
import io.echopilot.events.SiteId;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.Runs;
import io.echopilot.probes.SecretRef;
import io.echopilot.probes.Secrets;
import io.echopilot.probes.Stopwatch;
import io.echopilot.probes.tls.TlsSettings;
import io.echopilot.probes.tls.Validity;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A request, and those that its redirects lead to, whose last answer must match. */
public final class HttpProbe implements Probe {
  private final URI url;
  private final HttpCheck check;
  private final Redirects redirects;
  private final Expectations expectations;
  private final Exchange exchange;
  private final Map<String, JsonPath> numbers = new TreeMap<>();
  private final @Nullable Origin origin;
  private final Duration timeout;
  private final Secrets secrets;
  private final Clock clock;

  /**
   * Where an answer names the site that gave it.
   *
   * @param sites those that it may name
   */
  public record Origin(JsonPath path, Set<SiteId> sites) {}

  /** Redirects that went on for too long. */
  private static final class RedirectException extends RuntimeException {
    RedirectException(String message) {
      super(message);
    }
  }

  /**
   * Makes a probe.
   *
   * @param origin null when it does not matter which site answers
   */
  public HttpProbe(
      URI url, HttpCheck check, @Nullable Origin origin, Duration timeout, ProbeContext context) {
    this.url = url;
    this.check = check;
    this.redirects = Objects.requireNonNullElse(check.redirects(), Redirects.NONE);
    this.expectations = new Expectations(check.expectations());
    this.exchange = new Exchange(check, timeout, context, expectations.bytes());
    Objects.requireNonNullElse(check.numbers(), Map.<String, String>of())
        .forEach((name, path) -> numbers.put(name, JsonPath.compile(path)));
    this.origin = origin;
    this.timeout = timeout;
    this.secrets = context.secrets();
    this.clock = context.clock();
  }

  /** An answer, and how many redirects led to it. */
  private record Arrival(Answer answer, int hops) {}

  @Override
  public CompletableFuture<Finding> run() {
    return Runs.of(
        Endpoint.of(null, null, url),
        timeout,
        stopwatch ->
            Mono.defer(() -> visit(url, bearer(), 0, stopwatch))
                .map(arrival -> judge(arrival, stopwatch))
                .onErrorResume(
                    RedirectException.class,
                    e ->
                        Mono.just(
                            Finding.of(
                                new ProbeError(Kind.REDIRECT, String.valueOf(e.getMessage())),
                                stopwatch.phases()))));
  }

  private @Nullable String bearer() {
    SecretRef bearer = check.bearer();
    return bearer == null ? null : secrets.value(bearer);
  }

  private Mono<Arrival> visit(URI at, @Nullable String bearer, int hops, Stopwatch stopwatch) {
    return exchange
        .ask(at, bearer, stopwatch)
        .flatMap(answer -> {
          URI next = answer.location();
          if (next == null || redirects.most() == 0) {
            return Mono.just(new Arrival(answer, hops));
          }
          if (hops == redirects.most()) {
            return Mono.error(
                new RedirectException(
                    "more than %d redirects, the last to %s".formatted(hops, next)));
          }
          if (next.getHost() == null || !Set.of("http", "https").contains(next.getScheme())) {
            return Mono.error(new RedirectException("redirected to " + next));
          }
          return visit(next, isSameOrigin(at, next) ? bearer : null, hops + 1, stopwatch);
        });
  }

  /** A token is for the site, not for whom the site names. */
  private static boolean isSameOrigin(URI one, URI other) {
    return Objects.equals(one.getScheme(), other.getScheme())
        && Objects.equals(one.getHost(), other.getHost())
        && one.getPort() == other.getPort();
  }

  private Finding judge(Arrival arrival, Stopwatch stopwatch) {
    Answer answer = arrival.answer();
    JsonBody body = new JsonBody(readsJson() ? answer.body() : "");
    List<Part> parts = expectations.parts(body);
    SiteId servedBy = origin == null ? null : servedBy(body, origin);
    Optional<ProbeError> error =
        redirected(arrival)
            .or(() -> expectations.unmet(answer, body, parts))
            .or(() -> unnamed(servedBy))
            .or(() -> expiring(answer.certificate()));
    return new Finding(
        error.orElse(null), answer.status(), servedBy, numbers(body), parts, stopwatch.phases());
  }

  private boolean readsJson() {
    return origin != null || !numbers.isEmpty() || expectations.readJson();
  }

  private Optional<ProbeError> redirected(Arrival arrival) {
    if (redirects.count() != null && redirects.count() != arrival.hops()) {
      return Optional.of(
          new ProbeError(
              Kind.REDIRECT,
              "expected %d redirects, got %d".formatted(redirects.count(), arrival.hops())));
    }
    String end = arrival.answer().url().toString();
    return redirects.to() == null || redirects.to().isIn(end)
        ? Optional.empty()
        : Optional.of(
            new ProbeError(
                Kind.REDIRECT,
                "expected to end at an address like %s, got to %s".formatted(redirects.to(), end)));
  }

  private Optional<ProbeError> unnamed(@Nullable SiteId servedBy) {
    return origin == null || servedBy != null
        ? Optional.empty()
        : Optional.of(
            new ProbeError(
                Kind.BODY,
                "%s names none of %s".formatted(origin.path().getPath(), origin.sites())));
  }

  private Optional<ProbeError> expiring(@Nullable Validity certificate) {
    TlsSettings tls = check.tls();
    return tls == null || certificate == null
        ? Optional.empty()
        : certificate.error(tls.daysLeft(), clock.instant());
  }

  private Map<String, Double> numbers(JsonBody body) {
    Map<String, Double> read = new TreeMap<>();
    numbers.forEach((name, path) -> {
      if (body.at(path) instanceof Number number && Double.isFinite(number.doubleValue())) {
        read.put(name, number.doubleValue());
      }
    });
    return read;
  }

  private static @Nullable SiteId servedBy(JsonBody body, Origin origin) {
    String name = body.text(origin.path());
    return origin.sites().stream()
        .filter(site -> site.value().equals(name))
        .findFirst()
        .orElse(null);
  }
}
