package io.echopilot.failover.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.DecisionId;
import io.echopilot.events.Epoch;
import io.echopilot.events.EventJson;
import io.echopilot.events.LocationId;
import io.echopilot.events.ProbeId;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.Route;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slot;
import io.echopilot.events.TopicNames;
import io.echopilot.failover.Definitions;
import io.echopilot.failover.decision.Facts;
import io.echopilot.failover.decision.Note;
import io.echopilot.failover.decision.Observation;
import io.echopilot.failover.decision.ServiceState;
import io.echopilot.failover.decision.Sighting;
import io.echopilot.failover.decision.State;
import io.echopilot.failover.decision.State.Blocked;
import io.echopilot.failover.decision.State.FailedOver;
import io.echopilot.failover.decision.State.Held;
import io.echopilot.failover.decision.State.Move;
import io.echopilot.failover.decision.State.Observing;
import io.echopilot.failover.decision.State.Purpose;
import io.echopilot.failover.decision.State.Recovering;
import io.echopilot.failover.decision.State.Steady;
import io.echopilot.failover.decision.State.Step;
import io.echopilot.failover.decision.State.Suspect;
import io.echopilot.failover.decision.State.Switching;
import io.echopilot.failover.decision.State.SwitchingBack;
import io.echopilot.failover.decision.State.Unknown;
import io.echopilot.failover.decision.Track;
import io.echopilot.failover.decision.TrackKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stores and their changelogs hold outlives the version that wrote it. */
class StateCodecTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123Z");
  private static final SiteId PRIMARY = new SiteId("primary");
  private static final SiteId FALLBACK = new SiteId("fallback");
  private static final LocationId HERE = new LocationId("here");
  private static final RecordPosition AT = new RecordPosition(TopicNames.PROBE_RESULTS, 3, 17);
  private static final Track TRACK =
      new Track(
          List.of(
              new Observation(new Slot(NOW), true, Duration.ofSeconds(10), "success", AT),
              new Observation(
                  new Slot(NOW.plusSeconds(10)),
                  false,
                  Duration.ofMillis(200),
                  "connection refused",
                  AT)),
          NOW,
          "the location can't reach its own references");
  private static final Sighting SIGHTING =
      new Sighting(new Slot(NOW), FALLBACK, "served by fallback", AT);

  static Stream<State> states() {
    Recovering recovering = new Recovering(NOW, NOW.plusSeconds(1800));
    return Stream.of(
        new Unknown(),
        new Steady(),
        new FailedOver(),
        recovering,
        new Observing(NOW.plusSeconds(3600)),
        new Suspect(new Steady(), PRIMARY),
        new Blocked(recovering, FALLBACK),
        new Switching(Purpose.FAILOVER, move(Step.REQUESTED)),
        new SwitchingBack(move(Step.CONFIRMING)),
        new Held("the edge shows a higher epoch"));
  }

  @Test
  void theSamplesAreAllTheStatesThereAre() {
    Set<Class<?>> samples = states().map(Object::getClass).collect(Collectors.toSet());

    assertThat(samples).isEqualTo(kinds(State.class).collect(Collectors.toSet()));
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StateCodecTest::kinds)
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyStateComesBackAsItWas(State state) {
    StoredService stored = stored(state);

    assertThat(StateCodec.read(StateCodec.write(stored), StoredService.class)).isEqualTo(stored);
  }

  @ParameterizedTest
  @MethodSource("states")
  void whatVersionOneWroteStaysReadable(State state) throws IOException {
    assertThat(StateCodec.read(golden(state.getClass().getSimpleName()), StoredService.class))
        .isEqualTo(stored(state));
  }

  @Test
  void tracksAndSightingsOfVersionOneStayReadable() throws IOException {
    assertThat(StateCodec.read(golden("Track"), Track.class)).isEqualTo(TRACK);
    assertThat(StateCodec.read(golden("Sighting"), Sighting.class)).isEqualTo(SIGHTING);
  }

  @ParameterizedTest
  @MethodSource("states")
  void theFormIsStillThatOfVersionOne(State state) throws IOException {
    var mapper = EventJson.mapper();

    assertThat(mapper.readTree(StateCodec.write(stored(state))))
        .isEqualTo(mapper.readTree(golden(state.getClass().getSimpleName())));
  }

  @Test
  void aFieldOfALaterVersionIsNoReasonToFail() throws IOException {
    String later =
        new String(golden("Steady"), UTF_8).replaceFirst("\\{", "{\"ofALaterVersion\":[1],");

    assertThat(StateCodec.read(later.getBytes(UTF_8), StoredService.class))
        .isEqualTo(stored(new Steady()));
  }

  @Test
  void aTracksKeyComesBackAsItWas() {
    TrackKey key = new TrackKey(PRIMARY, HERE, new ProbeId("health"));

    assertThat(StateCodec.trackKey(StateCodec.text(key))).isEqualTo(key);
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream file = StateCodecTest.class.getResourceAsStream("v1/" + name + ".json")) {
      assertThat(file).as("v1/%s.json", name).isNotNull();
      return file.readAllBytes();
    }
  }

  private static Move move(Step step) {
    return new Move(
        PRIMARY, FALLBACK, new Epoch(0, 3), new DecisionId("d3"), 2, NOW, step, NOW.plusSeconds(5));
  }

  /** As it stands in the store: tracks and sightings have records of their own. */
  private static StoredService stored(State state) {
    Facts facts =
        new Facts(
            Map.of(),
            Map.of(),
            List.of(new Note(PRIMARY, "anomaly/latency", "latency is 9.0, expected 1 to 2", AT)));
    ServiceState service =
        new ServiceState(
            Definitions.of("checkout"),
            4,
            "0f",
            facts,
            state,
            NOW,
            List.of("a rule"),
            new Route(FALLBACK, new Epoch(0, 3), new DecisionId("d3")),
            NOW.minusSeconds(60),
            "no answer from the edge within 2000 ms",
            new Epoch(0, 3),
            List.of(NOW.minusSeconds(60)),
            12,
            NOW);
    return new StoredService(
        StoredService.VERSION,
        false,
        service,
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }
}
