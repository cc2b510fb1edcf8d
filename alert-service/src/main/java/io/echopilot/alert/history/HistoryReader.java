package io.echopilot.alert.history;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads what was written. */
final class HistoryReader {
  private static final String COLUMNS =
      "id, service, cause, level, title, opened_at, updated_at, resolved_at, revision";

  private final HistoryDatabase database;

  HistoryReader(HistoryDatabase database) {
    this.database = database;
  }

  /**
   * An incident as it stands.
   *
   * @param resolvedAt null while it is open
   */
  record PastIncident(
      String id,
      String service,
      String cause,
      String level,
      String title,
      Instant openedAt,
      Instant updatedAt,
      @Nullable Instant resolvedAt,
      int revision) {}

  record PastEntry(Instant at, String text, String topic, int partition, long offset) {}

  /**
   * An attempt to show an incident to people.
   *
   * @param resolved null, as are {@code edits} and {@code requestedAt}, when only the result is
   *     known
   * @param edits the channel's own name of the message to edit; null for a new one
   */
  record PastDelivery(
      String channel,
      int delivery,
      int attempt,
      int revision,
      @Nullable Boolean resolved,
      @Nullable String edits,
      @Nullable Instant requestedAt,
      DeliveryOutcome outcome,
      @Nullable Instant outcomeAt,
      @Nullable String message,
      @Nullable String reason,
      @Nullable Duration retryAfter) {}

  record Story(PastIncident incident, List<PastEntry> entries, List<PastDelivery> deliveries) {}

  /** The newest first. */
  Mono<List<PastIncident>> incidents(@Nullable String service, @Nullable Instant from, int limit) {
    return database.with(client -> {
      String sql =
          "SELECT %s FROM alert.incidents WHERE true %s %s ORDER BY opened_at DESC, id LIMIT :limit"
              .formatted(
                  COLUMNS,
                  service == null ? "" : "AND service = :service",
                  from == null ? "" : "AND opened_at >= :from");
      GenericExecuteSpec query = client.sql(sql).bind("limit", limit);
      query = service == null ? query : query.bind("service", service);
      query = from == null ? query : query.bind("from", from);
      return query.map(HistoryReader::incident).all().collectList();
    });
  }

  /** With all that happened and who was told; empty when there is no such incident. */
  Mono<Story> story(String id) {
    return database.with(client ->
        client
            .sql("SELECT %s FROM alert.incidents WHERE id = :id".formatted(COLUMNS))
            .bind("id", id)
            .map(HistoryReader::incident)
            .one()
            .flatMap(incident ->
                Mono.zip(
                    entries(client, id),
                    deliveries(client, id),
                    (entries, deliveries) -> new Story(incident, entries, deliveries))));
  }

  private static Mono<List<PastEntry>> entries(DatabaseClient client, String id) {
    return client
        .sql(
            """
            SELECT at, text, cause_topic, cause_partition, cause_offset
            FROM alert.incident_entries WHERE incident_id = :id
            ORDER BY at, cause_topic, cause_partition, cause_offset, text
            """)
        .bind("id", id)
        .map(row ->
            new PastEntry(
                instant(row, "at"),
                text(row, "text"),
                text(row, "cause_topic"),
                number(row, "cause_partition"),
                Objects.requireNonNull(row.get("cause_offset", Long.class))))
        .all()
        .collectList();
  }

  private static Mono<List<PastDelivery>> deliveries(DatabaseClient client, String id) {
    return client
        .sql(
            """
            SELECT channel, delivery, attempt, revision, resolved, edits, requested_at, outcome,
                   outcome_at, message, reason, CAST(extract(epoch FROM retry_after) * 1000 AS bigint) AS retry_after
            FROM alert.deliveries WHERE incident_id = :id ORDER BY channel, delivery, attempt
            """)
        .bind("id", id)
        .map(HistoryReader::delivery)
        .all()
        .collectList();
  }

  private static PastIncident incident(Readable row) {
    return new PastIncident(
        text(row, "id"),
        text(row, "service"),
        text(row, "cause"),
        text(row, "level"),
        text(row, "title"),
        instant(row, "opened_at"),
        instant(row, "updated_at"),
        instantOrNull(row, "resolved_at"),
        number(row, "revision"));
  }

  private static PastDelivery delivery(Readable row) {
    Long retryAfter = row.get("retry_after", Long.class);
    return new PastDelivery(
        text(row, "channel"),
        number(row, "delivery"),
        number(row, "attempt"),
        number(row, "revision"),
        row.get("resolved", Boolean.class),
        row.get("edits", String.class),
        instantOrNull(row, "requested_at"),
        DeliveryOutcome.of(text(row, "outcome")),
        instantOrNull(row, "outcome_at"),
        row.get("message", String.class),
        row.get("reason", String.class),
        retryAfter == null ? null : Duration.ofMillis(retryAfter));
  }

  private static String text(Readable row, String column) {
    return Objects.requireNonNull(row.get(column, String.class));
  }

  private static int number(Readable row, String column) {
    return Objects.requireNonNull(row.get(column, Integer.class));
  }

  private static Instant instant(Readable row, String column) {
    return Objects.requireNonNull(instantOrNull(row, column));
  }

  private static @Nullable Instant instantOrNull(Readable row, String column) {
    OffsetDateTime time = row.get(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
