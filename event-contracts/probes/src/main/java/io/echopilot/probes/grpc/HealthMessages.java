package io.echopilot.probes.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The two messages of {@code grpc.health.v1.Health/Check}, as protocol buffers in gRPC's frames.
 * Each has one field, number 1: the request a service's name, the answer a status.
 */
final class HealthMessages {
  /** A flag for compression and the message's length. */
  private static final int FRAME = 5;

  private static final int TEXT = (1 << 3) | 2;
  private static final int NUMBER = 1 << 3;
  private static final int WIRE_TYPE = 7;
  private static final int MORE = 0x80;
  private static final int BITS = 7;
  private static final int MOST_BITS = 63;

  private HealthMessages() {}

  /** What a server says of itself or of a service. */
  enum Status {
    UNKNOWN,
    SERVING,
    NOT_SERVING,
    SERVICE_UNKNOWN;

    private static Optional<Status> of(long number) {
      return number >= 0 && number < values().length
          ? Optional.of(values()[(int) number])
          : Optional.empty();
    }
  }

  /**
   * A framed request.
   *
   * @param service empty for the server as a whole; at most 200 characters
   */
  static byte[] request(String service) {
    byte[] name = service.getBytes(UTF_8);
    ByteBuffer message = ByteBuffer.allocate(FRAME + 3 + name.length).position(FRAME);
    if (name.length > 0) {
      message.put((byte) TEXT);
      if (name.length >= MORE) {
        message.put((byte) (name.length | MORE)).put((byte) (name.length >> BITS));
      } else {
        message.put((byte) name.length);
      }
      message.put(name);
    }
    byte[] framed = new byte[message.position()];
    message.putInt(1, framed.length - FRAME).flip().get(framed);
    return framed;
  }

  /** The status in a framed answer; empty if that is no such message. */
  static Optional<Status> status(byte[] framed) {
    ByteBuffer answer = ByteBuffer.wrap(framed);
    try {
      boolean compressed = answer.get() != 0;
      int length = answer.getInt();
      return compressed || length != answer.remaining()
          ? Optional.empty()
          : Status.of(firstField(answer));
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * Zero where it is left out; of several the last, and fields of other numbers are passed over.
   */
  private static long firstField(ByteBuffer message) {
    long value = 0;
    while (message.hasRemaining()) {
      long tag = varint(message);
      switch ((int) tag & WIRE_TYPE) {
        case 0 -> {
          long number = varint(message);
          value = tag == NUMBER ? number : value;
        }
        case 1 -> skip(message, Long.BYTES);
        case 2 -> skip(message, varint(message));
        case 5 -> skip(message, Integer.BYTES);
        default -> throw new IllegalArgumentException("no wire type: " + tag);
      }
    }
    return value;
  }

  /** Never back: a message that leads in a circle would be read forever. */
  private static void skip(ByteBuffer message, long bytes) {
    if (bytes < 0 || bytes > message.remaining()) {
      throw new BufferUnderflowException();
    }
    message.position(message.position() + (int) bytes);
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; shift <= MOST_BITS; shift += BITS) {
      byte part = message.get();
      value |= (long) (part & (MORE - 1)) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number without end");
  }
}
