package io.echopilot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
  @Test
  void theDocumentedPortsAreTheStandard() {
    Ports ports = Ports.standard(Map.of());

    assertThat(ports.of(Port.EDGE)).isEqualTo(9100);
    assertThat(ports.of(Port.POSTGRES)).isEqualTo(15432);
    assertThat(List.of(ports.prober(1), ports.prober(2), ports.prober(3)))
        .containsExactly(8081, 8181, 8182);
    assertThat(List.of(ports.failover(1), ports.failover(2))).containsExactly(8082, 8282);
  }

  @Test
  void eachCanBeChanged() {
    Ports ports =
        Ports.standard(
            Map.of(
                "ECHOPILOT_PORT_EDGE",
                "7000",
                "ECHOPILOT_PORT_PROBER",
                "7100",
                "ECHOPILOT_PORT_POSTGRES",
                "7432"));

    assertThat(ports.of(Port.EDGE)).isEqualTo(7000);
    assertThat(ports.prober(2)).isEqualTo(7200);
    assertThat(ports.of(Port.POSTGRES)).isEqualTo(7432);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "http"})
  void whatIsNoPortIsNamed(String text) {
    assertThatThrownBy(() -> Ports.standard(Map.of("ECHOPILOT_PORT_EDGE", text)))
        .hasMessage("ECHOPILOT_PORT_EDGE must be a port from 1 to 65535, but is " + text);
  }

  @Test
  void freePortsAreAllDifferent() {
    Ports ports = Ports.free();
    List<Integer> all = new ArrayList<>(ports.named().values());
    all.addAll(ports.probers().subList(1, Ports.MOST));
    all.addAll(ports.failovers().subList(1, Ports.MOST));

    assertThat(new HashSet<>(all)).hasSameSizeAs(all);
  }
}
