package io.echopilot.probes.dns;

import io.echopilot.probes.Endpoint;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name that must have records.
 *
 * @param name the site's host when it is null
 * @param type of the records, {@code A} when it is null
 * @param expect these and no others, in any order; null when any will do
 * @param include at least these; null when any will do
 * @param server address of the server to ask, with a port unless that is 53; the machine's own
 *     resolver when it is null
 */
public record DnsCheck(
    @Nullable String name,
    @Nullable String type,
    @Nullable List<String> expect,
    @Nullable List<String> include,
    @Nullable String server) {
  private static final int PORT = 53;

  public DnsCheck {
    if (name != null) {
      absolute(name);
    }
    type = type == null ? "A" : type.toUpperCase(Locale.ROOT);
    if (Type.value(type) < 0) {
      throw new IllegalArgumentException(
          "dns.type must be a type of record such as A, AAAA, CNAME, MX or TXT, but is \"%s\""
              .formatted(type));
    }
    if (server != null) {
      endpoint(server);
    }
  }

  /** With its final dot. */
  static Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("dns.name: \"%s\" is no name".formatted(name), e);
    }
  }

  /** Must be an address: to look up who looks up would prove little. */
  static Endpoint endpoint(String server) {
    boolean bare = NetUtil.isValidIpV4Address(server) || NetUtil.isValidIpV6Address(server);
    int colon = bare ? server.length() : server.lastIndexOf(':');
    String host = server.substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
    String port = bare ? Integer.toString(PORT) : server.substring(colon + 1);
    boolean isAddress = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    if (!isAddress || !port.matches("\\d{1,5}")) {
      throw new IllegalArgumentException(
          "dns.server must be an address such as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353, but is \"%s\""
              .formatted(server));
    }
    Endpoint.check("dns.server", host, Integer.parseInt(port));
    return new Endpoint(host, Integer.parseInt(port));
  }
}
