package io.echopilot.starter;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The one broker of a module's test run: embedded, or apache/kafka in a container with {@code
 * -Pcontainers}.
 */
public final class TestBroker {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 5;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "group.initial.rebalance.delay.ms", "0",
          "group.min.session.timeout.ms", "1000",
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
          "offsets.topic.num.partitions", "4",
          "transaction.state.log.num.partitions", "4",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "offsets.topic.replication.factor", "1",
          "auto.create.topics.enable", "false");

  /**
   * Hands the script to a shell instead of executing the file, which fails with "Text file busy"
   * while the engine still holds it open (testcontainers-java issue 11682).
   */
  private static final String START =
      "until [ -s %1$s ]; do sleep 0.1; done; sleep 0.1; exec bash %1$s"
          .formatted("/tmp/testcontainers_start.sh");

  private static final String BOOTSTRAP = start();

  private TestBroker() {}

  /** Where the broker listens; it runs until the JVM ends. */
  public static String bootstrapServers() {
    return BOOTSTRAP;
  }

  private static String start() {
    String kind = System.getProperty("echopilot.test.kafka", "embedded");
    return switch (kind) {
      case "embedded" -> embedded();
      case "containers" -> container();
      default ->
          throw new IllegalArgumentException(
              "echopilot.test.kafka must be embedded or containers, but is " + kind);
    };
  }

  private static String embedded() {
    EmbeddedKafkaBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperties(new HashMap<>(SETTINGS));
    broker.afterPropertiesSet();
    return broker.getBrokersAsString();
  }

  @SuppressWarnings("resource") // it runs until the JVM ends
  private static String container() {
    KafkaContainer kafka = new KafkaContainer("apache/kafka:4.2.1");
    kafka.withCommand("sh", "-c", START);
    SETTINGS.forEach((key, value) ->
        kafka.withEnv("KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    kafka
        .waitingFor(new AnswersClients(kafka).withStartupTimeout(PATIENCE))
        .withStartupAttempts(ATTEMPTS)
        .start();
    return kafka.getBootstrapServers();
  }

  /**
   * Ready once a client gets an answer, with patience for a machine under load; a line in the
   * container's log would say less. A container that ended is not waited for.
   */
  private static final class AnswersClients extends AbstractWaitStrategy {
    private static final int ASK_MS = 2_000;

    private final KafkaContainer kafka;

    AnswersClients(KafkaContainer kafka) {
      this.kafka = kafka;
    }

    @Override
    protected void waitUntilReady() {
      long end = System.nanoTime() + startupTimeout.toNanos();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()))) {
        while (!answers(admin)) {
          if (!kafka.isRunning() || System.nanoTime() > end) {
            throw new ContainerLaunchException(
                "the broker did not answer; it logged: " + kafka.getLogs());
          }
        }
      }
    }

    private static boolean answers(Admin admin) {
      try {
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(ASK_MS)).nodes().get();
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ContainerLaunchException("interrupted while the broker started", e);
      } catch (ExecutionException e) {
        return false;
      }
    }
  }
}
