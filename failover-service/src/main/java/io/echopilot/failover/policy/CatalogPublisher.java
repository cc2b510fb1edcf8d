package io.echopilot.failover.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.echopilot.events.EventJson;
import io.echopilot.events.FailoverPhase;
import io.echopilot.events.FailoverStateEvent.FailoverState;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.ServiceEvent.ServiceDefined;
import io.echopilot.events.ServiceEvent.ServiceRemoved;
import io.echopilot.events.ServiceId;
import io.echopilot.starter.EventPublisher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the files and publishes what changed in them. What can't be read changes nothing: the
 * last good definitions stay in force.
 */
public final class CatalogPublisher {
  private static final Logger log = LoggerFactory.getLogger(CatalogPublisher.class);

  /** Where no switch is under way, none is due, and traffic is not away from its place. */
  private static final Set<FailoverPhase> AT_REST =
      EnumSet.of(FailoverPhase.UNKNOWN, FailoverPhase.STEADY, FailoverPhase.HELD);

  private final CatalogReader reader;
  private final PublishedCatalog published;
  private final EventPublisher publisher;
  private final BooleanSupplier onDuty;
  private final Function<ServiceId, Optional<FailoverState>> standing;
  private final Map<ServiceId, Long> sent = new HashMap<>();
  private CatalogReader.@Nullable Sources lastSources;
  private Catalog catalog = new Catalog(Map.of(), Map.of(), List.of());
  private Map<ServiceId, String> hashes = Map.of();
  private volatile List<Problem> problems = List.of();

  CatalogPublisher(
      CatalogReader reader,
      PublishedCatalog published,
      EventPublisher publisher,
      BooleanSupplier onDuty,
      Function<ServiceId, Optional<FailoverState>> standing) {
    this.reader = reader;
    this.published = published;
    this.publisher = publisher;
    this.onDuty = onDuty;
    this.standing = standing;
  }

  /** What is wrong with the files now; empty when they are in force. */
  public List<Problem> problems() {
    return problems;
  }

  /** Looks at the files and publishes what is new, if this replica is on duty. */
  void refresh() {
    CatalogReader.Sources sources = reader.load();
    if (!sources.equals(lastSources)) {
      lastSources = sources;
      catalog = reader.read(sources);
      hashes =
          catalog.definitions().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, entry -> hash(entry.getValue())));
    }
    List<Problem> found = new ArrayList<>(catalog.problems());
    if (catalog.isUsable() && onDuty.getAsBoolean()) {
      catalog.definitions().forEach(this::define);
      catalog.removed().forEach((service, place) -> remove(service, place).ifPresent(found::add));
    }
    tell(found);
  }

  /** A problem is told once, however long it lasts. */
  private void tell(List<Problem> found) {
    found.stream()
        .filter(problem -> !problems.contains(problem))
        .forEach(problem ->
            log.error(
                catalog.problems().contains(problem)
                    ? "{}; the last good definitions stay in force"
                    : "{}",
                problem));
    problems = List.copyOf(found);
  }

  private void define(ServiceId service, ServiceDefinition definition) {
    Optional<ServiceEvent> known = published.of(service.value());
    String hash = requireNonNull(hashes.get(service));
    boolean inForce =
        known.isPresent()
            && known.get() instanceof ServiceDefined defined
            && defined.hash().equals(hash)
            && defined.definition().equals(definition)
            && !published.isSpoilt(service.value());
    if (!inForce) {
      publish(new ServiceDefined(service, nextRevision(service, known), hash, definition));
    }
  }

  private Optional<Problem> remove(ServiceId service, Place place) {
    Optional<ServiceEvent> known = published.of(service.value());
    Optional<FailoverPhase> phase = standing.apply(service).map(FailoverState::phase);
    boolean isGone = known.isEmpty() || known.get() instanceof ServiceRemoved;
    if (isGone && !published.isSpoilt(service.value())) {
      return Optional.empty();
    }
    if (phase.isPresent() && !AT_REST.contains(phase.get())) {
      return Optional.of(
          new Problem(
              place.file(),
              place.line(),
              "%s is not removed while it is %s: wait until it is steady, or hold it"
                  .formatted(service, phase.get().value())));
    }
    publish(new ServiceRemoved(service, nextRevision(service, known)));
    return Optional.empty();
  }

  /** Above all that was ever published: of a record that was lost, the state still tells. */
  private long nextRevision(ServiceId service, Optional<ServiceEvent> known) {
    long inForce = standing.apply(service).map(FailoverState::revision).orElse(0L);
    return Math.max(inForce, known.map(ServiceEvent::revision).orElse(0L)) + 1;
  }

  /** Once per revision: what was sent is not in the topic's view at once. */
  private void publish(ServiceEvent event) {
    if (sent.getOrDefault(event.service(), 0L) >= event.revision()) {
      return;
    }
    try {
      publisher.publish(event, "%s/%d".formatted(event.service(), event.revision())).join();
      sent.put(event.service(), event.revision());
      log.info("Published revision {} of {}", event.revision(), event.service());
    } catch (CompletionException e) {
      log.warn("Revision {} of {} will be published again", event.revision(), event.service(), e);
    }
  }

  /** SHA-256 of the definition's JSON, in lower-case hexadecimal digits. */
  static String hash(ServiceDefinition definition) {
    try {
      byte[] json = EventJson.mapper().writeValueAsString(definition).getBytes(UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }
}
