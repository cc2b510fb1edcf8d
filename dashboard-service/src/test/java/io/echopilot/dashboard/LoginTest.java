package io.echopilot.dashboard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;

/** Who is let in, and to what. */
class LoginTest {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static DashboardWorld world;
  private static WebClient nobody;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    world = new DashboardWorld(folder, "--spring.application.name=dashboard-login");
    nobody =
        WebClient.builder()
            .baseUrl(world.url)
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(1024 * 1024))
            .build();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/app.js", "/webjars/lit-html/lit-html.js"})
  void aStrangerIsSentToTheLogin(String path) {
    ResponseEntity<String> answer = get(nobody, path);

    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FOUND);
    assertThat(answer.getHeaders().getFirst(HttpHeaders.LOCATION)).isEqualTo("/login");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/timeline", "/api/v1/session"})
  void aStrangersProgramIsToldSo(String path) {
    assertThat(get(nobody, path).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/actuator/health/liveness", "/actuator/prometheus", "/login", "/style.css"})
  void someThingsAreOpen(String path) {
    assertThat(get(nobody, path).getStatusCode()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void theRightPasswordOpensThePage() {
    ResponseEntity<String> answer = login(DashboardWorld.PASSWORD);

    assertThat(answer.getHeaders().getFirst(HttpHeaders.LOCATION)).isEqualTo("/");
    String session = cookie(answer);
    assertThat(answer.getHeaders().getFirst(HttpHeaders.SET_COOKIE))
        .contains("HTTPOnly", "SameSite=Strict");
    ResponseEntity<String> page =
        requireNonNull(
            nobody
                .get()
                .uri("/")
                .cookie("echopilot", session)
                .retrieve()
                .toEntity(String.class)
                .block());
    assertThat(page.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(page.getBody()).contains("app.js");
    assertThat(page.getHeaders().getFirst("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'");
  }

  @Test
  void anAddressThatShowsNothingLeadsBack() {
    String session = cookie(login(DashboardWorld.PASSWORD));

    ResponseEntity<String> answer =
        requireNonNull(
            nobody
                .get()
                .uri("/nothing")
                .accept(MediaType.TEXT_HTML)
                .cookie("echopilot", session)
                .exchangeToMono(response -> response.toEntity(String.class))
                .block());

    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(answer.getBody()).contains("Nothing is here", "<a href=\"/\">");
  }

  @Test
  void aWrongPasswordDoesNot() {
    ResponseEntity<String> answer = login("guess");

    assertThat(answer.getHeaders().getFirst(HttpHeaders.LOCATION)).isEqualTo("/login?error");
    assertThat(get(nobody, "/login?error").getBody()).contains("don't go together");
  }

  @Test
  void aLoginThatAnotherSiteSendsIsRefused() {
    ResponseEntity<String> answer =
        requireNonNull(
            nobody
                .post()
                .uri("/login")
                .body(
                    BodyInserters.fromFormData("username", "viewer")
                        .with("password", DashboardWorld.PASSWORD))
                .exchangeToMono(response -> response.toEntity(String.class))
                .block());

    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
  }

  private ResponseEntity<String> login(String password) {
    ResponseEntity<String> page = get(nobody, "/login");
    Matcher token = TOKEN.matcher(requireNonNull(page.getBody()));
    assertThat(token.find()).isTrue();
    return requireNonNull(
        nobody
            .post()
            .uri("/login")
            .cookie("echopilot", cookie(page))
            .body(
                BodyInserters.fromFormData("username", "viewer")
                    .with("password", password)
                    .with("_csrf", token.group(1)))
            .exchangeToMono(response -> response.toEntity(String.class))
            .block());
  }

  private static String cookie(ResponseEntity<String> answer) {
    String header = requireNonNull(answer.getHeaders().getFirst(HttpHeaders.SET_COOKIE));
    return header.substring(header.indexOf('=') + 1, header.indexOf(';'));
  }

  private static ResponseEntity<String> get(WebClient client, String path) {
    return requireNonNull(
        client.get().uri(path).exchangeToMono(response -> response.toEntity(String.class)).block());
  }
}
