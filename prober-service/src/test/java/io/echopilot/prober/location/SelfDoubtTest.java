package io.echopilot.prober.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

class SelfDoubtTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final LoopResources loops = LoopResources.create("test", 1, true);
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Boolean>> looks = new ArrayList<>();

  @AfterEach
  void stop() {
    timer.shutdownNow();
    loops.dispose();
  }

  @Test
  void theFirstFailureOfAnOutageAlreadySaysThatTheLocationIsImpaired() {
    SelfDoubt doubt = doubt(real(freePort()));

    assertThat(doubt.isImpaired(System.nanoTime()).join()).isTrue();
    assertThat(told).hasSize(1).first().asString().startsWith("impaired: none of 127.0.0.1:");
  }

  @Test
  void oneReferenceThatAnswersIsEnough() {
    DisposableServer server = TcpServer.create().host("127.0.0.1").port(0).bindNow();
    SelfDoubt doubt = doubt(real(freePort(), server.port()));

    assertThat(doubt.isImpaired(System.nanoTime()).join()).isFalse();
    assertThat(told).isEmpty();
    server.disposeNow();
  }

  @Test
  void aLookInVainWhileThisProcessStoodStillIsRepeated() throws IOException {
    int port = freePort();
    try (ServerSocket late = new ServerSocket()) {
      References references =
          new TcpReferences(
              List.of("127.0.0.1:" + port),
              Duration.ofMillis(500),
              loops,
              _ -> {
                bind(late, port);
                return true;
              });

      assertThat(doubt(references).isImpaired(System.nanoTime()).join()).isFalse();
    }
    assertThat(told).isEmpty();
  }

  @Test
  void whoNeverStopsStandingStillIsImpaired() {
    References references =
        new TcpReferences(
            List.of("127.0.0.1:" + freePort()), Duration.ofMillis(500), loops, _ -> true);

    assertThat(doubt(references).isImpaired(System.nanoTime()).join()).isTrue();
  }

  private static void bind(ServerSocket socket, int port) {
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void withoutReferencesALocationNeverDoubtsItself() {
    assertThat(doubt(real()).isImpaired(System.nanoTime()).join()).isFalse();
  }

  @Test
  void itNoticesByItselfThatTheNetworkIsBack() {
    int port = freePort();
    SelfDoubt doubt = doubt(real(port));
    assertThat(doubt.isImpaired(System.nanoTime()).join()).isTrue();

    DisposableServer server = TcpServer.create().host("127.0.0.1").port(port).bindNow();

    Awaitility.await()
        .untilAsserted(() -> assertThat(told).last().asString().isEqualTo("recovered"));
    assertThat(told).hasSize(2);
    assertThat(doubt.isImpaired()).isFalse();
    server.disposeNow();
  }

  @Test
  void runsThatFailTogetherShareALookAndALookFromBeforeARunIsNotBelieved() {
    SelfDoubt doubt = doubt(counted());
    long firstRun = System.nanoTime();
    var _ = doubt.isImpaired(firstRun);
    var _ = doubt.isImpaired(firstRun);
    assertThat(looks).hasSize(1);

    var _ = doubt.isImpaired(System.nanoTime());

    assertThat(looks).hasSize(2);
  }

  private SelfDoubt doubt(References references) {
    return new SelfDoubt(
        references,
        timer,
        Clock.systemUTC(),
        Duration.ofMillis(50),
        new SelfDoubt.Listener() {
          @Override
          public void impaired(Instant since, String reason) {
            told.add("impaired: " + reason);
          }

          @Override
          public void recovered(Instant impairedSince) {
            told.add("recovered");
          }
        });
  }

  private References real(int... ports) {
    List<String> addresses =
        java.util.Arrays.stream(ports).mapToObj(port -> "127.0.0.1:" + port).toList();
    return new TcpReferences(addresses, Duration.ofMillis(500), loops, _ -> false);
  }

  private References counted() {
    return new References() {
      @Override
      public List<String> addresses() {
        return List.of("counted");
      }

      @Override
      public CompletableFuture<Boolean> anyAnswers() {
        CompletableFuture<Boolean> look = new CompletableFuture<>();
        looks.add(look);
        return look;
      }
    };
  }

  private static int freePort() {
    DisposableServer server = TcpServer.create().host("127.0.0.1").port(0).bindNow();
    int port = server.port();
    server.disposeNow();
    return port;
  }
}
