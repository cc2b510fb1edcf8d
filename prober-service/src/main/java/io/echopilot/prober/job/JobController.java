package io.echopilot.prober.job;

import io.echopilot.events.ProbeId;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.prober.job.JobDesk.Answer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where jobs report in. What they send along is not read. */
@RestController
class JobController {
  private static final String SCHEME = "Bearer ";
  private static final String RETRY_SECONDS = "5";

  private final JobDesk desk;

  JobController(JobDesk desk) {
    this.desk = desk;
  }

  @PostMapping("/api/v1/heartbeats/{service}/{probe}")
  CompletableFuture<ResponseEntity<?>> report(
      @PathVariable String service,
      @PathVariable String probe,
      @RequestParam(required = false) @Nullable String site,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization) {
    try {
      return desk.report(
              new ServiceId(service),
              new ProbeId(probe),
              site == null ? null : new SiteId(site),
              token(authorization))
          .thenApply(JobController::response);
    } catch (IllegalArgumentException _) {
      return CompletableFuture.completedFuture(response(Answer.UNKNOWN));
    }
  }

  /** The scheme's name may be in capitals or not (RFC 9110 section 11.1). */
  private static @Nullable String token(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? authorization.substring(SCHEME.length()).strip()
        : null;
  }

  private static ResponseEntity<?> response(Answer answer) {
    return switch (answer) {
      case TAKEN -> ResponseEntity.accepted().build();
      case UNKNOWN ->
          ResponseEntity.of(
                  ProblemDetail.forStatusAndDetail(
                      HttpStatus.NOT_FOUND,
                      "no heartbeat probe of that service and site waits for it"))
              .build();
      case WRONG_TOKEN ->
          ResponseEntity.of(
                  ProblemDetail.forStatusAndDetail(
                      HttpStatus.UNAUTHORIZED, "Authorization: Bearer must show the job's token"))
              .header(HttpHeaders.WWW_AUTHENTICATE, SCHEME.strip())
              .build();
      case LATER ->
          ResponseEntity.of(
                  ProblemDetail.forStatusAndDetail(
                      HttpStatus.SERVICE_UNAVAILABLE, "this prober can't take it now; try again"))
              .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
              .build();
    };
  }
}
