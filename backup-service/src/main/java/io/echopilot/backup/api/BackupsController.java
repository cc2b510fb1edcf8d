package io.echopilot.backup.api;

import io.echopilot.events.BackupCommand.BackupRequested;
import io.echopilot.events.BackupId;
import io.echopilot.events.BackupReason;
import io.echopilot.events.SourceId;
import io.echopilot.starter.EventPublisher;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How backups stand, and one more by hand. */
@RestController
@RequestMapping("/api/v1")
class BackupsController {
  private static final Logger log = LoggerFactory.getLogger(BackupsController.class);

  private final BackupBoard board;
  private final EventPublisher publisher;
  private final Clock clock;

  BackupsController(BackupBoard board, EventPublisher publisher, Clock clock) {
    this.board = board;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** What was asked for. */
  record Asked(BackupId backup) {}

  @GetMapping("/backups")
  Collection<SourceStatus> all() {
    return board.all();
  }

  @GetMapping("/backups/{source}")
  ResponseEntity<?> one(@PathVariable String source) {
    return named(source)
        .flatMap(board::of)
        .<ResponseEntity<?>>map(ResponseEntity::ok)
        .orElseGet(() -> unknown(source));
  }

  /** Accepted once Kafka has it; asking twice within a second asks for one backup. */
  @PostMapping("/sources/{source}/backups")
  Mono<ResponseEntity<?>> ask(@PathVariable String source, Principal person) {
    return named(source)
        .filter(board::isConfigured)
        .map(known -> ask(known, person))
        .orElseGet(() -> Mono.just(unknown(source)));
  }

  private Mono<ResponseEntity<?>> ask(SourceId source, Principal person) {
    Instant now = clock.instant();
    BackupId backup = BackupId.of(source, now);
    log.info("{} is asked for by {}", backup, person.getName());
    return Mono.fromFuture(
            publisher.publish(
                new BackupRequested(source, backup, BackupReason.REQUEST, null, 1, now),
                backup + "/request"))
        .map(_ -> ResponseEntity.accepted().body(new Asked(backup)));
  }

  private static Optional<SourceId> named(String source) {
    try {
      return Optional.of(new SourceId(source));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static ResponseEntity<?> unknown(String source) {
    return ResponseEntity.of(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.NOT_FOUND,
                "no source %s; GET /api/v1/backups lists them".formatted(source)))
        .build();
  }
}
