package io.echopilot.probes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.lessThan;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Probe;
import io.echopilot.probes.Worlds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyOutbound;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** None of them holds a probe past its time-out, or makes the process grow. */
@Timeout(120)
class HostileServersTest {
  private static final LoopResources LOOPS = LoopResources.create("hostile-test", 2, true);
  private static final int PROBES = 20;
  private static final long MOST_GROWTH = 16 * 1024 * 1024;

  /** A pool of buffers may grow for a while; what is kept of each run grows without end. */
  private static final Duration ROUNDS = Duration.ofSeconds(15);

  private static final byte[] PIECE = new byte[16 * 1024];

  /** How a server treats who connects. */
  enum Behaviour {
    HANGS_AFTER_CONNECT(Kind.TIMEOUT) {
      @Override
      Publisher<Void> serve(NettyOutbound out) {
        return Mono.never();
      }
    },
    DRIPS_ITS_HEAD(Kind.TIMEOUT) {
      @Override
      Publisher<Void> serve(NettyOutbound out) {
        return dripping(out, "");
      }
    },
    DRIPS_ITS_BODY(Kind.TIMEOUT) {
      @Override
      Publisher<Void> serve(NettyOutbound out) {
        return dripping(out, "HTTP/1.1 200 OK\r\nContent-Length: 86400\r\n\r\n");
      }
    },
    SENDS_A_GIGABYTE(Kind.BODY) {
      @Override
      Publisher<Void> serve(NettyOutbound out) {
        return out.send(
            Flux.concat(
                Mono.fromSupplier(() ->
                    text("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(1L << 30))),
                Flux.range(0, 65_536).map(_ -> Unpooled.wrappedBuffer(PIECE))),
            _ -> true);
      }
    },
    SENDS_HEADERS_WITHOUT_END(Kind.PROTOCOL) {
      @Override
      Publisher<Void> serve(NettyOutbound out) {
        return out.send(
            Flux.concat(
                Mono.fromSupplier(() -> text("HTTP/1.1 200 OK\r\n")),
                Flux.range(0, 100_000).map(i -> text("X-%d: %d\r\n".formatted(i, i)))));
      }
    },
    REDIRECTS_IN_A_CIRCLE(Kind.REDIRECT) {
      @Override
      Publisher<Void> serve(NettyOutbound out) {
        return out.sendString(
            Mono.just("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
      }
    },
    CLOSES_EARLY(Kind.PROTOCOL) {
      @Override
      Publisher<Void> serve(NettyOutbound out) {
        return Mono.empty();
      }
    },
    BREAKS_ITS_BODY_OFF(Kind.PROTOCOL) {
      @Override
      Publisher<Void> serve(NettyOutbound out) {
        return out.sendString(
            Mono.just("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\""));
      }
    },
    SPOILS_ITS_CHUNKS(Kind.PROTOCOL) {
      @Override
      Publisher<Void> serve(NettyOutbound out) {
        return out.sendString(
            Mono.just(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzzz\r\n"));
      }
    };

    private final Kind kind;

    Behaviour(Kind kind) {
      this.kind = kind;
    }

    abstract Publisher<Void> serve(NettyOutbound out);

    private static Publisher<Void> dripping(NettyOutbound out, String head) {
      Flux<String> drops = Flux.interval(Duration.ofMillis(50)).map(_ -> "x").onBackpressureDrop();
      return out.send(Flux.concat(Mono.just(head), drops).map(Behaviour::text), _ -> true);
    }

    private static ByteBuf text(String text) {
      return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
  }

  @AfterAll
  static void stopLoops() {
    LOOPS.dispose();
  }

  @ParameterizedTest
  @EnumSource
  void aHostileServerIsAFailureAndNoBurden(Behaviour behaviour) {
    DisposableServer server =
        TcpServer.create()
            .host("127.0.0.1")
            .port(0)
            .doOnConnection(HostileServersTest::ignoreRequests)
            .handle((_, out) -> behaviour.serve(out))
            .bindNow();
    Probe probe =
        Worlds.probe(
            "http: {redirects: 3, expect: {json: {$.status: ok}}}",
            URI.create("http://127.0.0.1:" + server.port()),
            Duration.ofMillis(1500),
            Worlds.context(LOOPS));
    runAll(probe);

    await("growth in bytes")
        .atMost(ROUNDS)
        .until(() -> growth(probe, behaviour.kind), lessThan(MOST_GROWTH));
    server.disposeNow();
  }

  /** By how much a round grows what is held; that it fails as it should is asked of each. */
  private static long growth(Probe probe, Kind kind) {
    long before = used();
    List<ProbeError> errors = runAll(probe);
    long growth = used() - before;
    assertThat(errors).allSatisfy(error -> assertThat(error.kind()).isEqualTo(kind));
    return growth;
  }

  private static List<ProbeError> runAll(Probe probe) {
    List<CompletableFuture<Finding>> runs =
        IntStream.range(0, PROBES).mapToObj(_ -> probe.run()).toList();
    return runs.stream().map(run -> Objects.requireNonNull(run.join().error())).toList();
  }

  private static void ignoreRequests(Connection connection) {
    connection.inbound().receive().subscribe(_ -> {}, _ -> {});
  }

  /** Bytes on the heap after a collection, and in Netty's buffers. */
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + Math.max(0, PlatformDependent.usedDirectMemory());
  }
}
