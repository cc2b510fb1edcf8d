package io.echopilot.failover.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.failover.traffic.TrafficAdapter.Order;
import io.echopilot.failover.traffic.TrafficAdapter.Outcome;
import io.echopilot.failover.traffic.TrafficAdapter.ReadBack;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * What every adapter promises, whatever its edge. The edge begins with a service {@code demo} whose
 * route, never switched, is {@code primary}; it knows the site {@code fallback} too.
 */
abstract class TrafficAdapterContract {
  static final ServiceId SERVICE = new ServiceId("demo");
  static final SiteId PRIMARY = new SiteId("primary");
  static final SiteId FALLBACK = new SiteId("fallback");
  static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final long PATIENCE_SECONDS = 10;

  /** An adapter as it should be configured, with {@link #TIMEOUT}. */
  abstract TrafficAdapter adapter();

  /** One that the edge must not obey. */
  abstract TrafficAdapter withWrongCredentials();

  /** One to an address where nobody listens. */
  abstract TrafficAdapter toNobody();

  /** One to something that answers, but not as the edge's protocol has it. */
  abstract TrafficAdapter toSomethingElse();

  /** From now on a write waits at the edge; it takes effect when {@link #release} is called. */
  abstract void hold() throws Exception;

  /** Returns when the writes that waited have taken effect. */
  abstract void release() throws Exception;

  /** How often the edge changed its route. */
  abstract int effects() throws Exception;

  @Test
  void aRouteThatNobodySwitchedIsReadAtEpochZero() throws Exception {
    assertThat(read(adapter())).isEqualTo(new ReadBack.Read(new Route(PRIMARY, Epoch.ZERO, null)));
  }

  @Test
  void anAppliedSwitchIsReadBack() throws Exception {
    assertThat(apply(order(FALLBACK, 1, "d1"))).isEqualTo(new Outcome.Applied());
    assertThat(read(adapter())).isEqualTo(new ReadBack.Read(route(FALLBACK, 1, "d1")));
  }

  @Test
  void theSameDecisionAgainIsDoneAndHasNoEffect() throws Exception {
    apply(order(FALLBACK, 1, "d1"));

    assertThat(apply(order(FALLBACK, 1, "d1"))).isEqualTo(new Outcome.Applied());
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void anotherDecisionUnderTheSameEpochIsRefusedWithTheCurrentRoute() throws Exception {
    apply(order(FALLBACK, 1, "d1"));

    assertRefused(apply(order(PRIMARY, 1, "d2")), route(FALLBACK, 1, "d1"));
  }

  @Test
  void aLowerEpochIsRefusedWithTheCurrentRoute() throws Exception {
    apply(order(FALLBACK, 5, "d5"));

    assertRefused(apply(order(PRIMARY, 4, "d4")), route(FALLBACK, 5, "d5"));
  }

  @Test
  void aHigherGenerationBeatsEveryCounter() throws Exception {
    apply(order(FALLBACK, 5, "d5"));
    Epoch later = new Epoch(1, 0);
    DecisionId decision = new DecisionId("by hand");

    assertThat(apply(new Order(SERVICE, PRIMARY, later, decision)))
        .isEqualTo(new Outcome.Applied());
    assertThat(read(adapter())).isEqualTo(new ReadBack.Read(new Route(PRIMARY, later, decision)));
    assertRefused(apply(order(FALLBACK, 6, "d6")), new Route(PRIMARY, later, decision));
  }

  @Test
  void aSwitchThatTookEffectAfterItsTimeOutIsDoneAtTheNextAttempt() throws Exception {
    hold();
    Outcome late = apply(order(FALLBACK, 1, "d1"));
    assertThat(late).isEqualTo(new Outcome.Errored("no answer from the edge within 2000 ms"));
    release();

    assertThat(read(adapter())).isEqualTo(new ReadBack.Read(route(FALLBACK, 1, "d1")));
    assertThat(apply(order(FALLBACK, 1, "d1"))).isEqualTo(new Outcome.Applied());
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void anUnknownServiceIsAnErrorThatNamesIt() throws Exception {
    ServiceId stranger = new ServiceId("stranger");
    Order order = new Order(stranger, FALLBACK, new Epoch(0, 1), new DecisionId("d1"));

    assertErrored(apply(order), "stranger");
    assertUnreadable(get(adapter().read(stranger)), "stranger");
  }

  @Test
  void anUnknownSiteIsAnErrorThatNamesItAndTheRouteStays() throws Exception {
    assertErrored(apply(order(new SiteId("nowhere"), 1, "d1")), "nowhere");
    assertThat(effects()).isZero();
  }

  @Test
  void wrongCredentialsMoveNothingAndReadNothing() throws Exception {
    assertErrored(get(withWrongCredentials().apply(order(FALLBACK, 1, "d1"))), "");
    assertUnreadable(read(withWrongCredentials()), "");
    assertThat(effects()).isZero();
  }

  @Test
  void anEdgeThatIsNotThereIsAnError() throws Exception {
    assertErrored(get(toNobody().apply(order(FALLBACK, 1, "d1"))), "onnection refused");
    assertUnreadable(read(toNobody()), "onnection refused");
  }

  @Test
  void anAnswerThatMakesNoSenseIsAnError() throws Exception {
    assertErrored(get(toSomethingElse().apply(order(FALLBACK, 1, "d1"))), "");
    assertUnreadable(read(toSomethingElse()), "");
  }

  final Outcome apply(Order order) throws Exception {
    return get(adapter().apply(order));
  }

  static Order order(SiteId site, long counter, String decision) {
    return new Order(SERVICE, site, new Epoch(0, counter), new DecisionId(decision));
  }

  static Route route(SiteId site, long counter, String decision) {
    return new Route(site, new Epoch(0, counter), new DecisionId(decision));
  }

  static ReadBack read(TrafficAdapter adapter) throws Exception {
    return get(adapter.read(SERVICE));
  }

  /** An adapter completes by itself and normally. */
  static <T> T get(CompletableFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static void assertRefused(Outcome outcome, Route current) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.current()).isEqualTo(current);
              assertThat(refused.reason()).isNotBlank();
            });
  }

  static void assertErrored(Outcome outcome, String reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Errored.class,
            errored -> assertThat(errored.reason()).isNotBlank().contains(reason));
  }

  static void assertUnreadable(ReadBack readBack, String reason) {
    assertThat(readBack)
        .isInstanceOfSatisfying(
            ReadBack.Unreadable.class,
            unreadable -> assertThat(unreadable.reason()).isNotBlank().contains(reason));
  }
}
