package io.echopilot.probes;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses (RFC 4632, RFC 4291 section 2.3).
 *
 * @param first its first address; one of IPv4 that is written as IPv6 counts as IPv4
 * @param prefix leading bits that all its addresses share
 */
public record Network(InetAddress first, int prefix) {
  /**
   * Reads a range.
   *
   * @param cidr such as {@code 10.0.0.0/8} or {@code fd00::/8}; without a prefix one address
   * @throws IllegalArgumentException if it is neither, or the address has bits beyond the prefix
   */
  public static Network of(String cidr) {
    int slash = cidr.indexOf('/');
    InetAddress address = address(slash < 0 ? cidr : cidr.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          "\"%s\" is no network such as 10.0.0.0/8 or fd00::/8".formatted(cidr));
    }
    int bits = address.getAddress().length * Byte.SIZE;
    String prefix = slash < 0 ? Integer.toString(bits) : cidr.substring(slash + 1);
    if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits) {
      throw new IllegalArgumentException(
          "\"%s\" must end with a prefix of 0 to %d bits".formatted(cidr, bits));
    }
    Network network = new Network(address, Integer.parseInt(prefix));
    if (number(address.getAddress()).getLowestSetBit() < network.free()
        && number(address.getAddress()).signum() != 0) {
      throw new IllegalArgumentException(
          "\"%s\" has bits beyond its prefix: write the first address of the network"
              .formatted(cidr));
    }
    return network;
  }

  private static @Nullable InetAddress address(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    return bytes == null ? null : plain(bytes);
  }

  /** An address of IPv4 that is written as IPv6 is one of IPv4: that is where it leads. */
  private static InetAddress plain(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  /** Whether an address lies in it. */
  boolean contains(InetAddress address) {
    byte[] bytes = plain(address.getAddress()).getAddress();
    return bytes.length == first.getAddress().length
        && number(bytes).shiftRight(free()).equals(number(first.getAddress()).shiftRight(free()));
  }

  private static BigInteger number(byte[] address) {
    return new BigInteger(1, address);
  }

  private int free() {
    return first.getAddress().length * Byte.SIZE - prefix;
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + prefix;
  }
}
