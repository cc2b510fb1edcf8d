package io.echopilot.starter.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

class StreamsReadinessTest {
  private final StreamsBuilderFactoryBean factory = Mockito.mock(StreamsBuilderFactoryBean.class);
  private final StreamsReadiness readiness = new StreamsReadiness(factory);

  @Test
  void beforeStreamsIsMadeNothingIsReady() {
    assertThat(readiness.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATED", "REBALANCING"})
  void beforeItFirstRunsTheInstanceIsNotReady(State state) {
    assertThat(in(state)).isEqualTo(Status.OUT_OF_SERVICE);
  }

  @Test
  void itIsReadyOnceStreamsRuns() {
    assertThat(in(State.RUNNING)).isEqualTo(Status.UP);
    assertThat(readiness.health().getDetails()).containsEntry("streams", State.RUNNING);
  }

  @Test
  void aLaterRebalanceDoesNotMakeItUnready() {
    in(State.RUNNING);

    assertThat(in(State.REBALANCING)).isEqualTo(Status.UP);
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING_SHUTDOWN", "NOT_RUNNING", "PENDING_ERROR", "ERROR"})
  void itIsDownWhenStreamsEnded(State state) {
    in(State.RUNNING);

    assertThat(in(state)).isEqualTo(Status.DOWN);
  }

  private Status in(State state) {
    KafkaStreams streams = Mockito.mock(KafkaStreams.class);
    Mockito.when(streams.state()).thenReturn(state);
    Mockito.when(factory.getKafkaStreams()).thenReturn(streams);
    return readiness.health().getStatus();
  }
}
