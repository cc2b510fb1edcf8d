package io.echopilot.alert.history;

import io.echopilot.events.AlertEvent;
import io.echopilot.events.AlertEvent.AlertDelivered;
import io.echopilot.events.AlertEvent.AlertDeliveryFailed;
import io.echopilot.events.AlertEvent.AlertRequested;
import io.echopilot.events.Event;
import io.echopilot.events.EventEnvelope;
import io.echopilot.events.EventJson;
import io.echopilot.events.Incident;
import io.echopilot.events.IncidentEvent;
import io.echopilot.events.IncidentEvent.IncidentResolved;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/**
 * Writes events down. The same one again changes nothing, and none undoes what a later one said.
 */
final class HistoryWriter {
  private static final String INCIDENT =
      """
      WITH incident AS (
        INSERT INTO alert.incidents AS known
          (id, service, cause, level, title, opened_at, updated_at, resolved_at, revision)
        VALUES
          (:id, :service, :cause, :level, :title, :opened, :updated, :resolved, :revision)
        ON CONFLICT (id) DO UPDATE SET
          level = excluded.level, title = excluded.title, updated_at = excluded.updated_at,
          resolved_at = excluded.resolved_at, revision = excluded.revision
        WHERE known.revision < excluded.revision)
      INSERT INTO alert.incident_entries
        (incident_id, at, text, cause_topic, cause_partition, cause_offset)
      SELECT :id, entry.at, entry.text, entry.cause ->> 'topic',
             CAST(entry.cause ->> 'partition' AS integer), CAST(entry.cause ->> 'offset' AS bigint)
      FROM jsonb_to_recordset(CAST(:entries AS jsonb))
        AS entry (at timestamptz, text text, cause jsonb)
      ON CONFLICT DO NOTHING
      """;

  private static final String REQUEST =
      """
      INSERT INTO alert.deliveries AS known
        (incident_id, channel, delivery, attempt, revision, resolved, edits, requested_at)
      VALUES
        (:incident, :channel, :delivery, :attempt, :revision, :resolved, :edits, :requested)
      ON CONFLICT (incident_id, channel, delivery, attempt) DO UPDATE SET
        resolved = excluded.resolved, edits = excluded.edits,
        requested_at = excluded.requested_at
      WHERE known.requested_at IS NULL OR known.requested_at > excluded.requested_at
      """;

  private static final String RESULT =
      """
      INSERT INTO alert.deliveries AS known
        (incident_id, channel, delivery, attempt, revision, outcome, outcome_at, message, reason,
         retry_after, result_offset)
      VALUES
        (:incident, :channel, :delivery, :attempt, :revision, :outcome, :at, :message, :reason,
         CAST(:retryAfter AS interval), :offset)
      ON CONFLICT (incident_id, channel, delivery, attempt) DO UPDATE SET
        outcome = excluded.outcome, outcome_at = excluded.outcome_at, message = excluded.message,
        reason = excluded.reason, retry_after = excluded.retry_after,
        result_offset = excluded.result_offset
      WHERE known.result_offset IS NULL OR known.result_offset < excluded.result_offset
      """;

  private final HistoryDatabase database;

  HistoryWriter(HistoryDatabase database) {
    this.database = database;
  }

  /**
   * Writes an event of one of the two topics; one of another is nothing to it.
   *
   * @param offset of its record: all records about an incident stand in one partition
   */
  Mono<Void> write(EventEnvelope<?> envelope, long offset) {
    Event event = envelope.data();
    if (event instanceof IncidentEvent incident) {
      return database.with(client -> incident(client, incident).then());
    }
    if (event instanceof AlertEvent alert) {
      return database.with(client -> alert(client, alert, envelope.time(), offset).then());
    }
    return Mono.empty();
  }

  private static GenericExecuteSpec incident(DatabaseClient client, IncidentEvent event) {
    Incident incident = event.incident();
    GenericExecuteSpec insert =
        client
            .sql(INCIDENT)
            .bind("id", incident.id().value())
            .bind("service", incident.service().value())
            .bind("cause", incident.cause().value())
            .bind("level", incident.level().value())
            .bind("title", incident.title())
            .bind("opened", utc(incident.openedAt()))
            .bind("updated", utc(incident.updatedAt()))
            .bind("revision", incident.revision())
            .bind("entries", EventJson.mapper().writeValueAsString(incident.entries()));
    return event instanceof IncidentResolved
        ? insert.bind("resolved", utc(incident.updatedAt()))
        : insert.bindNull("resolved", OffsetDateTime.class);
  }

  private static GenericExecuteSpec alert(
      DatabaseClient client, AlertEvent event, Instant time, long offset) {
    return switch (event) {
      case AlertRequested e ->
          orNull(
                  named(client.sql(REQUEST), e, e.delivery(), e.attempt(), e.incident().revision()),
                  "edits",
                  e.message())
              .bind("resolved", e.resolved())
              .bind("requested", utc(time));
      case AlertDelivered e ->
          result(
              named(client.sql(RESULT), e, e.delivery(), e.attempt(), e.revision()),
              DeliveryOutcome.DELIVERED,
              e.at(),
              e.message(),
              null,
              null,
              offset);
      case AlertDeliveryFailed e ->
          result(
              named(client.sql(RESULT), e, e.delivery(), e.attempt(), e.revision()),
              e.permanent() ? DeliveryOutcome.REFUSED : DeliveryOutcome.FAILED,
              e.at(),
              null,
              e.reason(),
              e.retryAfter(),
              offset);
    };
  }

  private static GenericExecuteSpec named(
      GenericExecuteSpec insert, AlertEvent event, int delivery, int attempt, int revision) {
    return insert
        .bind("incident", event.incidentId().value())
        .bind("channel", event.channel().value())
        .bind("delivery", delivery)
        .bind("attempt", attempt)
        .bind("revision", revision);
  }

  private static GenericExecuteSpec result(
      GenericExecuteSpec insert,
      DeliveryOutcome outcome,
      Instant at,
      @Nullable String message,
      @Nullable String reason,
      @Nullable Duration retryAfter,
      long offset) {
    GenericExecuteSpec bound =
        insert.bind("outcome", outcome.value()).bind("at", utc(at)).bind("offset", offset);
    bound = orNull(bound, "message", message);
    bound = orNull(bound, "reason", reason);
    return orNull(bound, "retryAfter", retryAfter == null ? null : retryAfter.toString());
  }

  private static GenericExecuteSpec orNull(
      GenericExecuteSpec insert, String name, @Nullable String value) {
    return value == null ? insert.bindNull(name, String.class) : insert.bind(name, value);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
