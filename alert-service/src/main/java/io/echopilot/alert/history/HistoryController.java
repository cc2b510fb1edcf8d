package io.echopilot.alert.history;

import io.echopilot.alert.history.HistoryReader.PastIncident;
import io.echopilot.alert.history.HistoryReader.Story;
import io.echopilot.alert.history.HistoryRebuild.AlreadyRunning;
import io.echopilot.alert.history.HistoryRebuild.Rebuilt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What was the matter, and who was told. */
@RestController
@RequestMapping("/api/v1")
@ConditionalOnProperty(HistoryConfiguration.SWITCH)
class HistoryController {
  private static final Logger log = LoggerFactory.getLogger(HistoryController.class);
  private static final int MOST = 500;

  private final HistoryReader reader;
  private final HistoryRebuild rebuild;

  HistoryController(HistoryReader reader, HistoryRebuild rebuild) {
    this.reader = reader;
    this.rebuild = rebuild;
  }

  /** Incidents that were opened since a moment, the newest first. */
  @GetMapping("/incidents")
  Mono<List<PastIncident>> incidents(
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(defaultValue = "50") int limit) {
    return limit < 1 || limit > MOST
        ? Mono.error(
            problem(
                HttpStatus.BAD_REQUEST, "limit must be 1 to %d, but is %d".formatted(MOST, limit)))
        : reader.incidents(service, from, limit).onErrorMap(Failures::isOfState, this::away);
  }

  @GetMapping("/incidents/{id}")
  Mono<Story> incident(@PathVariable String id) {
    return reader
        .story(id)
        .onErrorMap(Failures::isOfState, this::away)
        .switchIfEmpty(
            Mono.error(() ->
                problem(
                    HttpStatus.NOT_FOUND,
                    "no incident %s; GET /api/v1/incidents lists them".formatted(id))));
  }

  @PostMapping("/history/rebuild")
  Mono<Rebuilt> rebuild() {
    return rebuild
        .run()
        .onErrorMap(
            AlreadyRunning.class,
            _ -> problem(HttpStatus.CONFLICT, "a rebuild is under way; wait until it is done"))
        .onErrorMap(Failures::isOfState, this::away);
  }

  private ErrorResponseException away(Throwable failure) {
    log.warn(
        "A question about the history can't be answered: {}",
        NestedExceptionUtils.getMostSpecificCause(failure).toString());
    return problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "the history's database does not answer; people are told all the same, and the history"
            + " catches up when it is back");
  }

  private static ErrorResponseException problem(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}
