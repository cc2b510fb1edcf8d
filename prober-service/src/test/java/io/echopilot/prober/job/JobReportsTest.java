package io.echopilot.prober.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.echopilot.events.Drift;
import io.echopilot.events.EventCodec;
import io.echopilot.events.EventCodec.Decoded;
import io.echopilot.events.Failback;
import io.echopilot.events.LocationId;
import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.events.ProbeEvent.ProbeCompleted;
import io.echopilot.events.ProbeId;
import io.echopilot.events.Quorum;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.ServiceDefinition.Traffic;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.TopicNames;
import io.echopilot.prober.ProberApplication;
import io.echopilot.prober.publish.KafkaContact;
import io.echopilot.starter.EventPublisher;
import io.echopilot.starter.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Jobs report in by HTTP to whole probers over a real broker. */
@Timeout(90)
@ExtendWith(OutputCaptureExtension.class)
class JobReportsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FAST = Duration.ofMillis(200);
  private static final String TOKEN = "Zq8-very-secret";

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final LocationId here = new LocationId("here-" + suffix);
  private final LocationId there = new LocationId("there-" + suffix);
  private final ServiceId service = new ServiceId("s" + suffix);
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<ConfigurableApplicationContext> probers = new ArrayList<>();
  private final List<ProbeCompleted> seen = new ArrayList<>();
  private final KafkaConsumer<String, byte[]> consumer = consumer();
  @TempDir Path secrets;

  @BeforeEach
  void giveSecret() throws IOException {
    Files.writeString(secrets.resolve("job"), TOKEN + "\n");
  }

  @AfterEach
  void stop() {
    consumer.close();
    probers.forEach(ConfigurableApplicationContext::close);
    http.close();
  }

  @Test
  void whatOneProberTakesAllKnowUntilTheJobIsLate() {
    ConfigurableApplicationContext one = start(here);
    ConfigurableApplicationContext other = start(there);
    define(one, Map.of("token", "secret:job", "period", "PT3S", "grace", "PT0S"));
    awaitRun(run -> run.run().outcome() == Outcome.UNKNOWN && isFrom(here, run));

    assertThat(report(other, "/job", "Bearer " + TOKEN).statusCode()).isEqualTo(202);

    for (LocationId location : List.of(here, there)) {
      awaitRun(run -> run.run().outcome() == Outcome.SUCCESS && isFrom(location, run));
      ProbeCompleted late =
          awaitRun(run -> run.run().outcome() == Outcome.FAILURE && isFrom(location, run));
      assertThat(requireNonNull(late.run().error()).kind()).isEqualTo(Kind.LATE);
      assertThat(requireNonNull(late.run().error()).message())
          .startsWith("the job last reported in at ");
    }
  }

  @Test
  void aJobThatMayHaveReportedInVainIsNotCalledLate() {
    ConfigurableApplicationContext prober = start(here);
    define(prober, Map.of("token", "secret:job", "period", "PT1S", "grace", "PT0S"));
    awaitRun(run -> run.run().outcome() == Outcome.FAILURE);

    prober.getBean(KafkaContact.class).lost(prober.getBean(Clock.class).instant());

    awaitRun(run ->
        run.run().error() != null
            && requireNonNull(run.run().error()).message().contains("in vain"));
  }

  @Test
  void aRestartForgetsNoReport() {
    ConfigurableApplicationContext prober = start(here);
    define(prober, Map.of("token", "secret:job", "period", "PT1H"));
    awaitAnswer(prober, 202);
    probers.removeFirst().close();
    consumer.poll(FAST);
    seen.clear();

    start(here);

    ProbeCompleted first = awaitRun(run -> run.run().outcome() == Outcome.SUCCESS);
    assertThat(first.numbers()).containsKey("silence");
    assertThat(seen).noneMatch(run -> run.run().outcome() == Outcome.FAILURE);
  }

  @Test
  void aJobThatSpeaksForOneSiteSpeaksForNoOther() {
    ConfigurableApplicationContext prober = start(here);
    define(prober, Map.of("token", "secret:job", "period", "PT1H"));
    awaitAnswer(prober, 202, "/job?site=primary");

    awaitRun(run -> run.run().outcome() == Outcome.SUCCESS);
    seen.clear();
    awaitRun(run -> run.site().equals(new SiteId("fallback")));
    awaitRun(run -> run.site().equals(new SiteId("primary")));

    assertThat(seen)
        .allSatisfy(run ->
            assertThat(run.run().outcome())
                .isEqualTo(
                    run.site().equals(new SiteId("primary")) ? Outcome.SUCCESS : Outcome.UNKNOWN));
  }

  @Test
  void othersAreRefusedAndNoTokenIsEverShown(CapturedOutput output) throws IOException {
    ConfigurableApplicationContext prober = start(here);
    define(prober, Map.of("token", "secret:job", "period", "PT1H"));
    awaitAnswer(prober, 202);

    HttpResponse<String> wrong = report(prober, "/job", "Bearer Zq8-very-secre7");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(report(prober, "/job", "").statusCode()).isEqualTo(401);
    assertThat(report(prober, "/job", "Basic " + TOKEN).statusCode()).isEqualTo(401);
    assertThat(report(prober, "/job", "bearer " + TOKEN).statusCode()).isEqualTo(202);
    for (String nobody : List.of("/health", "/other", "/NO%20ID", "/job?site=elsewhere")) {
      assertThat(report(prober, nobody, "Bearer " + TOKEN).statusCode()).isEqualTo(404);
    }
    Files.delete(secrets.resolve("job"));
    HttpResponse<String> later = report(prober, "/job", "Bearer " + TOKEN);
    assertThat(later.statusCode()).isEqualTo(503);
    assertThat(later.headers().firstValue("Retry-After")).isPresent();
    assertThat(output).contains("this prober has no secret:job").doesNotContain(TOKEN);
  }

  private ConfigurableApplicationContext start(LocationId location) {
    ConfigurableApplicationContext prober =
        new SpringApplicationBuilder(ProberApplication.class)
            .run(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--echopilot.instance=" + location,
                "--echopilot.prober.guard=false",
                "--echopilot.prober.secrets=" + secrets,
                "--echopilot.prober.location=" + location);
    probers.add(prober);
    return prober;
  }

  /** Its sites are nowhere: a heartbeat asks none. */
  private void define(ConfigurableApplicationContext prober, Map<String, Object> heartbeat) {
    prober
        .getBean(EventPublisher.class)
        .publish(
            new ServiceDefined(
                service,
                1,
                "hash",
                new ServiceDefinition(
                    service,
                    null,
                    null,
                    List.of(here, there),
                    List.of(
                        new Site(new SiteId("primary"), URI.create("http://127.0.0.1:1")),
                        new Site(new SiteId("fallback"), URI.create("http://127.0.0.1:1"))),
                    List.of(
                        probe("job", new ProbeCheck("heartbeat", heartbeat), FAST),
                        probe("health", new ProbeCheck("tcp", Map.of()), Duration.ofHours(1))),
                    new FailoverPolicy(
                        3,
                        FAST,
                        Quorum.MAJORITY,
                        2,
                        FAST,
                        FAST,
                        Failback.MANUAL,
                        FAST,
                        Drift.HOLD,
                        FAST),
                    new Traffic("edge"))))
        .join();
  }

  private static Probe probe(String id, ProbeCheck check, Duration interval) {
    return new Probe(new ProbeId(id), check, interval, interval, FAST, true);
  }

  private void awaitAnswer(ConfigurableApplicationContext prober, int status) {
    awaitAnswer(prober, status, "/job");
  }

  /** A job that is refused because its definition has not come yet tries again. */
  private void awaitAnswer(ConfigurableApplicationContext prober, int status, String path) {
    await()
        .atMost(PATIENCE)
        .until(() -> report(prober, path, "Bearer " + TOKEN).statusCode() == status);
  }

  private HttpResponse<String> report(
      ConfigurableApplicationContext prober, String path, String authorization) {
    String port = prober.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%s/api/v1/heartbeats/%s%s".formatted(port, service, path)))
            .POST(BodyPublishers.ofString("done"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
  }

  private static boolean isFrom(LocationId location, ProbeCompleted run) {
    return run.run().location().equals(location);
  }

  private ProbeCompleted awaitRun(Predicate<ProbeCompleted> wanted) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          poll();
          return seen.stream().anyMatch(wanted);
        });
    return seen.stream().filter(wanted).findFirst().orElseThrow();
  }

  private void poll() {
    consumer
        .poll(FAST)
        .forEach(record -> {
          if (EventCodec.decode(record.topic(), record.key(), record.headers(), record.value())
                  instanceof Decoded.Known(var envelope)
              && envelope.data() instanceof ProbeCompleted run
              && run.service().equals(service)
              && run.probe().value().equals("job")) {
            seen.add(run);
          }
        });
  }

  private static KafkaConsumer<String, byte[]> consumer() {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                TestBroker.bootstrapServers(),
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "metadata.max.age.ms",
                "500"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(TopicNames.PROBE_RESULTS));
    return consumer;
  }
}
