package io.echopilot.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, true",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
    "192.168.3.128/25, 192.168.3.127, false",
    "192.168.3.128/25, 192.168.3.128, true",
    "169.254.169.254, 169.254.169.254, true",
    "169.254.169.254, 169.254.169.253, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "fc00::/7, fdff::1, true",
    "fc00::/7, fe00::1, false",
    "::/0, 2001:db8::1, true",
    "::1, ::1, true",
    "::1, ::2, false",
  })
  void anAddressLiesInARangeWhenItSharesThePrefix(String network, String address, boolean inside)
      throws UnknownHostException {
    assertThat(Network.of(network).contains(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, is no network",
    "10.0.0/8, is no network",
    "10.0.0.0/33, a prefix of 0 to 32 bits",
    "10.0.0.0/, a prefix of 0 to 32 bits",
    "fc00::/129, a prefix of 0 to 128 bits",
    "10.0.0.1/8, has bits beyond its prefix",
  })
  void whatIsNoRangeIsRefused(String text, String reason) {
    assertThatThrownBy(() -> Network.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text)
        .hasMessageContaining(reason);
  }
}
