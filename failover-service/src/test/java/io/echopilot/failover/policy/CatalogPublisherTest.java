package io.echopilot.failover.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.Epoch;
import io.echopilot.events.Event;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Route;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.events.TopicNames;
import io.echopilot.failover.Definitions;
import io.echopilot.failover.PublishedEvents;
import io.echopilot.starter.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogPublisherTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final ServiceId CHECKOUT = new ServiceId("checkout");
  private static final String REMOVED = "services:\n  - {id: checkout, removed: true}\n";

  private final Map<ServiceId, FailoverState> states = new HashMap<>();
  private final PublishedCatalog topic = new PublishedCatalog();
  private PublishedEvents kafka = PublishedEvents.acknowledged();
  private int read;
  private boolean onDuty = true;
  private Path folder;
  private CatalogPublisher catalog;

  @BeforeEach
  void start(@TempDir Path temporary) {
    folder = temporary;
    catalog = publisher();
  }

  @Test
  void whatIsNewIsPublished() throws IOException {
    write(yaml("10s"));
    refresh();

    assertThat(published()).containsExactly("checkout 1");
    assertThat(catalog.problems()).isEmpty();
    assertThat(kafka.envelopes()).extracting(event -> event.id()).containsExactly("checkout/1");
  }

  @Test
  void theSameContentIsPublishedOnce() throws IOException {
    write(yaml("10s"));
    refresh();
    write("# a comment more\n" + yaml("10s"));
    refresh();

    assertThat(published()).containsExactly("checkout 1");
  }

  @Test
  void aChangeRaisesTheRevision() throws IOException {
    write(yaml("10s"));
    refresh();
    write(yaml("20s"));
    refresh();

    assertThat(published()).containsExactly("checkout 1", "checkout 2");
  }

  @Test
  void aRevisionIsSentOnceThoughTheTopicShowsItLater() throws IOException {
    write(yaml("10s"));
    catalog.refresh();
    catalog.refresh();

    assertThat(published()).containsExactly("checkout 1");
  }

  @Test
  void whatKafkaDidNotTakeIsPublishedAgain() throws IOException {
    kafka = PublishedEvents.unacknowledged();
    catalog = publisher();
    write(yaml("10s"));
    Thread sending = Thread.ofVirtual().start(catalog::refresh);
    await().until(() -> !kafka.events().isEmpty());
    kafka.failNext();
    join(sending);

    Thread again = Thread.ofVirtual().start(catalog::refresh);
    await().until(() -> kafka.events().size() == 2);
    kafka.acknowledgeNext();
    join(again);

    assertThat(published()).containsExactly("checkout 1", "checkout 1");
  }

  @Test
  void onlyTheReplicaOnDutyPublishes() throws IOException {
    onDuty = false;
    write(yaml("10s"));
    refresh();
    assertThat(published()).isEmpty();

    onDuty = true;
    refresh();
    assertThat(published()).containsExactly("checkout 1");
  }

  @Test
  void aReplicaThatIsNotOnDutyTellsProblemsAllTheSame() throws IOException {
    onDuty = false;
    write("services: nothing");
    refresh();

    assertThat(catalog.problems()).hasSize(1);
  }

  @Test
  void aBadFileLeavesTheLastGoodInForce() throws IOException {
    write(yaml("10s"));
    refresh();
    write(yaml("soon"));
    refresh();

    assertThat(published()).containsExactly("checkout 1");
    assertThat(catalog.problems()).extracting(Problem::line).containsExactly(8);

    write(yaml("20s"));
    refresh();
    assertThat(catalog.problems()).isEmpty();
    assertThat(published()).containsExactly("checkout 1", "checkout 2");
  }

  @Test
  void oneBadFileHoldsAllBack() throws IOException {
    write(yaml("10s"));
    Files.writeString(folder.resolve("other.yaml"), "services: [");
    refresh();

    assertThat(published()).isEmpty();
  }

  @Test
  void anEmptiedFolderChangesNothing() throws IOException {
    write(yaml("10s"));
    refresh();
    Files.delete(folder.resolve("services.yaml"));
    refresh();

    assertThat(published()).containsExactly("checkout 1");
    assertThat(catalog.problems()).hasSize(1);
  }

  @Test
  void aServiceThatIsNoLongerListedStaysProtected() throws IOException {
    write(yaml("10s"));
    refresh();
    write(yaml("10s").replace("checkout", "catalog"));
    refresh();

    assertThat(published()).containsExactly("checkout 1", "catalog 1");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"UNKNOWN", "STEADY", "HELD"},
      mode = EnumSource.Mode.EXCLUDE)
  void aServiceThatIsNotAtRestIsNotRemoved(FailoverPhase phase) throws IOException {
    write(yaml("10s"));
    refresh();
    stands(phase, 1);
    write(REMOVED);
    refresh();

    assertThat(published()).containsExactly("checkout 1");
    assertThat(catalog.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "services.yaml:2: checkout is not removed while it is %s: wait until it is steady, or hold it"
                .formatted(phase.value()));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN", "STEADY", "HELD"})
  void aServiceAtRestIsRemovedOnce(FailoverPhase phase) throws IOException {
    write(yaml("10s"));
    refresh();
    stands(phase, 1);
    write(REMOVED);
    refresh();
    states.clear();
    refresh();

    assertThat(published()).containsExactly("checkout 1", "checkout 2 removed");
    assertThat(catalog.problems()).isEmpty();
  }

  @Test
  void aRemovalThatHadToWaitHappensWhenTheServiceIsAtRest() throws IOException {
    write(yaml("10s"));
    refresh();
    stands(FailoverPhase.SWITCHING, 1);
    write(REMOVED);
    refresh();
    stands(FailoverPhase.STEADY, 1);
    refresh();

    assertThat(published()).containsExactly("checkout 1", "checkout 2 removed");
    assertThat(catalog.problems()).isEmpty();
  }

  @Test
  void aRemovedServiceCanBeDefinedAgain() throws IOException {
    write(yaml("10s"));
    refresh();
    write(REMOVED);
    refresh();
    write(yaml("10s"));
    refresh();

    assertThat(published()).containsExactly("checkout 1", "checkout 2 removed", "checkout 3");
  }

  @Test
  void removingWhatNobodyKnowsIsNothing() throws IOException {
    write(REMOVED);
    refresh();

    assertThat(published()).isEmpty();
  }

  @Test
  void garbageUnderAServicesKeyIsPublishedOver() throws IOException {
    write(yaml("10s"));
    refresh();
    topic.unreadable("checkout", "garbage");
    refresh();
    refresh();

    assertThat(published()).containsExactly("checkout 1", "checkout 2");
  }

  @Test
  void aForeignTombstoneIsPublishedOver() throws IOException {
    write(yaml("10s"));
    refresh();
    topic.removed("checkout");
    refresh();

    assertThat(published()).containsExactly("checkout 1", "checkout 2");
  }

  @Test
  void aForeignDefinitionIsPublishedOverWhateverHashItClaims() throws IOException {
    write(yaml("10s"));
    refresh();
    String ours = ((ServiceDefined) kafka.events().getFirst()).hash();
    foreign(new ServiceDefined(CHECKOUT, 7, ours, Definitions.of("checkout", "theirs")));
    refresh();

    assertThat(published()).containsExactly("checkout 1", "checkout 8");
  }

  @Test
  void aForeignDefinitionOfALowerRevisionIsPublishedOver() throws IOException {
    write(yaml("10s"));
    refresh();
    write(yaml("20s"));
    refresh();
    foreign((ServiceEvent) kafka.events().getFirst());
    refresh();

    assertThat(published()).containsExactly("checkout 1", "checkout 2", "checkout 3");
  }

  @Test
  void aLostRecordIsReplacedAboveTheRevisionInForce() throws IOException {
    stands(FailoverPhase.STEADY, 41);
    topic.unreadable("checkout", "garbage");
    write(yaml("10s"));
    refresh();

    assertThat(published()).containsExactly("checkout 42");
  }

  @Test
  void theHashDependsOnTheContentAlone() {
    String hash = CatalogPublisher.hash(Definitions.of("checkout"));

    assertThat(hash)
        .matches("[0-9a-f]{64}")
        .isEqualTo(CatalogPublisher.hash(Definitions.of("checkout")));
    assertThat(CatalogPublisher.hash(Definitions.of("checkout", "other"))).isNotEqualTo(hash);
  }

  @Test
  void expectationsHaveOneOrderInEveryProcessSoThatTheirHashHasToo() {
    assertThat(new ProbeCheck("http", Map.of("c", 1, "a", 2, "d", 3, "b", 4)).settings())
        .extractingFromEntries(Map.Entry::getKey)
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void theControllerShowsTheProblems() throws IOException {
    write(yaml("soon"));
    refresh();

    CatalogController.CatalogStatus status = new CatalogController(catalog).status();
    assertThat(status.inForce()).isFalse();
    assertThat(status.problems()).hasSize(1);

    write(yaml("10s"));
    refresh();
    assertThat(new CatalogController(catalog).status())
        .isEqualTo(new CatalogController.CatalogStatus(true, List.of()));
  }

  private CatalogPublisher publisher() {
    return new CatalogPublisher(
        new CatalogReader(folder, Set.of("edge")),
        topic,
        kafka.publisher(new ManualClock(NOW)),
        () -> onDuty,
        service -> Optional.ofNullable(states.get(service)));
  }

  private void stands(FailoverPhase phase, long revision) {
    states.put(
        CHECKOUT,
        new FailoverState(
            CHECKOUT,
            revision,
            1,
            phase,
            NOW,
            new Route(null, Epoch.ZERO, null),
            null,
            List.of(),
            List.of(),
            List.of(),
            null));
  }

  /** Looks at the files once; then the topic shows what was published. */
  private void refresh() {
    catalog.refresh();
    List<Event> all = kafka.events();
    for (; read < all.size(); read++) {
      foreign((ServiceEvent) all.get(read));
    }
  }

  private void foreign(ServiceEvent event) {
    topic.updated(event, new RecordPosition(TopicNames.SERVICES, 0, 0), Instant.EPOCH);
  }

  private List<String> published() {
    return kafka.events().stream()
        .map(event ->
            switch (event) {
              case ServiceDefined defined -> defined.service() + " " + defined.revision();
              case ServiceRemoved removed ->
                  removed.service() + " " + removed.revision() + " removed";
              default -> event.toString();
            })
        .toList();
  }

  private void write(String content) throws IOException {
    Files.writeString(folder.resolve("services.yaml"), content);
  }

  private static String yaml(String interval) {
    return """
    services:
      - id: checkout
        locations: [here]
        sites:
          - {id: primary, url: http://primary.example.com}
          - {id: fallback, url: http://fallback.example.com}
        probes:
          - {id: health, http: {path: /health, expect: {json: {$.a: 1, $.b: x, $.c: true}}}, interval: %s}
        traffic: {webhook: {endpoint: edge}}
    """
        .formatted(interval);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
