package io.echopilot.events;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes a valid example of any event from its record, with every optional component given. */
final class Samples {
  private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.123Z");
  private static final Map<Class<?>, Object> VALUES =
      Map.ofEntries(
          Map.entry(ServiceId.class, new ServiceId("checkout")),
          Map.entry(SiteId.class, new SiteId("primary")),
          Map.entry(LocationId.class, new LocationId("eu-1")),
          Map.entry(ProbeId.class, new ProbeId("health")),
          Map.entry(SloId.class, new SloId("availability")),
          Map.entry(DecisionId.class, new DecisionId("9f0c1d2e3a4b5c6d")),
          Map.entry(SourceId.class, new SourceId("checkout-db")),
          Map.entry(BackupId.class, new BackupId("dr_backup_20261126_023000_checkout-db")),
          Map.entry(IncidentId.class, new IncidentId("checkout-failover-17")),
          Map.entry(ChannelId.class, new ChannelId("telegram")),
          Map.entry(InstanceId.class, new InstanceId("failover-service@host-1-4711")),
          Map.entry(Epoch.class, new Epoch(0, 3)),
          Map.entry(Slot.class, new Slot(TIME)),
          Map.entry(Instant.class, TIME),
          Map.entry(Duration.class, Duration.ofMillis(1500)),
          Map.entry(URI.class, URI.create("https://checkout.example.com")),
          Map.entry(int.class, 3),
          Map.entry(Integer.class, 200),
          Map.entry(long.class, 7L),
          Map.entry(double.class, 14.5),
          Map.entry(Double.class, 14.5),
          Map.entry(LocalDate.class, LocalDate.of(2026, 11, 24)),
          Map.entry(boolean.class, true),
          Map.entry(Object.class, "ok"));

  private Samples() {}

  static Event of(Class<? extends Event> type) {
    return (Event) sample(type);
  }

  private static Object sample(Class<?> type) {
    if (VALUES.containsKey(type)) {
      return VALUES.get(type);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.equals(ProbeRun.class)) {
      return run();
    }
    return type.equals(ServiceDefinition.class) ? definition() : construct(type);
  }

  private static Object construct(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
      return constructor.newInstance(Arrays.stream(components).map(Samples::value).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.toString(), e);
    }
  }

  private static Object value(RecordComponent component) {
    if (component.getType().equals(String.class)) {
      return text(component.getName());
    }
    if (component.getType().equals(List.class)) {
      AnnotatedType element =
          ((AnnotatedParameterizedType) component.getAnnotatedType())
              .getAnnotatedActualTypeArguments()[0];
      return List.of(element(element.getType(), component.getName()));
    }
    if (component.getType().equals(Map.class)) {
      return Map.of("queueLength", 14.5);
    }
    return sample(component.getType());
  }

  private static Object element(Type type, String name) {
    Class<?> raw =
        (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    return raw.equals(String.class) ? text(name) : sample(raw);
  }

  private static String text(String name) {
    return switch (name) {
      case "topic" -> TopicNames.PROBE_RESULTS;
      case "policyHash", "hash" -> "9f86d081884c7d659a2feaa0c55ad015";
      case "endpoint" -> "edge";
      case "message" -> "4711";
      case "location" -> "/var/backups/dr_backup_20261126_023000_checkout-db";
      case "sha256", "fingerprint" ->
          "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
      case "table" -> "public.wh_job_log";
      case "query" -> "select count(*) from wh_job_log";
      case "result" -> "4711";
      case "series" -> "health.latency";
      default -> name + " in words";
    };
  }

  private static ProbeRun run() {
    return new ProbeRun(
        new LocationId("eu-1"),
        new InstanceId("prober-service@host-1"),
        new Slot(TIME),
        Duration.ofSeconds(10),
        TIME,
        TIME.plusMillis(12),
        Outcome.FAILURE,
        new ProbeError(ProbeError.Kind.STATUS, "expected status 200, got 500"),
        new ProbeRun.Phases(
            Duration.ofNanos(210_000),
            Duration.ofNanos(340_000),
            Duration.ofMillis(3),
            Duration.ofMillis(8),
            Duration.ofMillis(12)),
        false);
  }

  private static ServiceDefinition definition() {
    Duration ten = Duration.ofSeconds(10);
    return new ServiceDefinition(
        new ServiceId("checkout"),
        "payments",
        new ServiceDefinition.Entrypoint(
            URI.create("https://checkout.example.com/health"),
            "$.site",
            ten,
            Duration.ofSeconds(3)),
        List.of(new LocationId("eu-1"), new LocationId("us-1"), new LocationId("ap-1")),
        List.of(
            new ServiceDefinition.Site(
                new SiteId("primary"), URI.create("https://checkout.primary.example.com")),
            new ServiceDefinition.Site(
                new SiteId("railway"), URI.create("https://checkout.up.railway.app"))),
        List.of(
            new ServiceDefinition.Probe(
                new ProbeId("health"),
                new ProbeCheck(
                    "http",
                    Map.of("path", "/health", "status", 200, "json", Map.of("$.status", "ok"))),
                ten,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                true)),
        new ServiceDefinition.FailoverPolicy(
            3,
            Duration.ofMinutes(15),
            Quorum.MAJORITY,
            2,
            Duration.ofMinutes(30),
            Duration.ofHours(8),
            Failback.AUTOMATIC,
            Duration.ofHours(1),
            Drift.REASSERT,
            Duration.ofSeconds(5)),
        new ServiceDefinition.Traffic("edge"),
        List.of(
            new Slo(
                new SloId("latency"),
                99,
                Duration.ofDays(30),
                new ProbeId("health"),
                Duration.ofMillis(1200),
                null,
                null,
                3,
                2.0)),
        List.of(new Maintenance("0 0 3 * * SUN", Duration.ofMinutes(30))));
  }
}
