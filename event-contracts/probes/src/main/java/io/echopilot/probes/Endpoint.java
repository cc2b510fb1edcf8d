package io.echopilot.probes;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a probe connects to, other than by HTTP: the site's own host unless the settings say so.
 *
 * @param port 0 where the protocol has none
 */
public record Endpoint(String host, int port) {
  private static final Map<String, Integer> USUAL = Map.of("http", 80, "https", 443);
  private static final int HIGHEST_PORT = 65_535;

  /** What the settings leave out is the site's. */
  public static Endpoint of(@Nullable String host, @Nullable Integer port, URI site) {
    int own = site.getPort() > 0 ? site.getPort() : USUAL.getOrDefault(site.getScheme(), 0);
    return new Endpoint(host == null ? bare(site.getHost()) : host, port == null ? own : port);
  }

  /** For settings with these two fields. */
  public static void check(String kind, @Nullable String host, @Nullable Integer port) {
    if (host != null && (host.isBlank() || host.matches(".*[\\s/@].*"))) {
      throw new IllegalArgumentException(
          "%s.host must be a name or an address, but is \"%s\"".formatted(kind, host));
    }
    if (port != null && (port < 1 || port > HIGHEST_PORT)) {
      throw new IllegalArgumentException(
          "%s.port must be 1 to %d, but is %d".formatted(kind, HIGHEST_PORT, port));
    }
  }

  /** An IPv6 address stands in brackets in a URL only. */
  private static String bare(String host) {
    return host.replaceAll("^\\[|]$", "");
  }

  @Override
  public String toString() {
    if (port == 0) {
      return host;
    }
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
