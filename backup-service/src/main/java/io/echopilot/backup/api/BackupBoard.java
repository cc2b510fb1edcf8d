package io.echopilot.backup.api;

import io.echopilot.events.BackupEvent;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.RecordPosition;
import io.echopilot.events.SourceId;
import io.echopilot.starter.CompactedTopicListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** How the backups of every source stand, as read from the topic, from its start. */
final class BackupBoard implements CompactedTopicListener<BackupEvent> {
  private final Set<SourceId> configured;
  private final Map<SourceId, SourceStatus> sources = new ConcurrentSkipListMap<>();

  /**
   * Knows nothing but names.
   *
   * @param configured are shown before anything was heard of them
   */
  BackupBoard(Collection<SourceId> configured) {
    this.configured = Set.copyOf(configured);
    configured.forEach(source -> sources.put(source, SourceStatus.unknown(source)));
  }

  boolean isConfigured(SourceId source) {
    return configured.contains(source);
  }

  Collection<SourceStatus> all() {
    return sources.values();
  }

  Optional<SourceStatus> of(SourceId source) {
    return Optional.ofNullable(sources.get(source));
  }

  /** Since the newest proved backup; NaN when there is none. */
  double secondsSinceVerified(SourceId source, Instant now) {
    return of(source)
        .map(SourceStatus::lastVerified)
        .map(BackupVerified::at)
        .map(at -> Duration.between(at, now).toMillis() / 1_000.0)
        .orElse(Double.NaN);
  }

  @Override
  public void updated(BackupEvent event, RecordPosition position, Instant taken) {
    sources.compute(
        event.source(),
        (source, known) -> (known == null ? SourceStatus.unknown(source) : known).heard(event));
  }
}
