package io.echopilot.fleet.demo;

import static io.echopilot.fleet.demo.DemoWorld.FALLBACK;
import static io.echopilot.fleet.demo.DemoWorld.NOW;
import static io.echopilot.fleet.demo.DemoWorld.PRIMARY;
import static io.echopilot.fleet.demo.DemoWorld.body;
import static io.echopilot.fleet.demo.DemoWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteApiTest {
  private DemoWorld world;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    world = new DemoWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void theFirstRouteIsThePrimaryAndNoDecisionMadeIt() throws Exception {
    DemoWorld.Signed read = world.read();
    HttpResponse<String> answer = read.send();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"service":"demo","site":"primary","epoch":{"generation":0,"counter":0}}\
            """);
    assertThat(read.signed(answer)).isTrue();
  }

  @Test
  void aLaterEpochMovesTheTrafficAndIsSeenInTheLog() throws Exception {
    DemoWorld.Signed put = world.put(FALLBACK, 1, "d1");
    HttpResponse<String> answer = put.send();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"service":"demo","site":"fallback","epoch":{"generation":0,"counter":1},\
            "decisionId":"d1","applied":true}\
            """);
    assertThat(put.signed(answer)).isTrue();
    assertThat(world.serving()).isEqualTo("fallback");
    assertThat(world.writes())
        .singleElement()
        .hasToString(
            """
            {"time":"2026-11-24T10:00:00Z","service":"demo","site":"fallback",\
            "epoch":{"generation":0,"counter":1},"decisionId":"d1","outcome":"applied"}\
            """);
  }

  @Test
  void theSameDecisionAgainSaysThatItHadNoEffect() throws Exception {
    world.put(FALLBACK, 1, "d1").send();
    HttpResponse<String> again = world.put(FALLBACK, 1, "d1").send();

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).path("applied").asBoolean()).isFalse();
    assertThat(world.outcomes()).containsExactly("applied", "repeated");
  }

  @ParameterizedTest
  @CsvSource({"1,old", "2,other"})
  void alowerOrTakenEpochIsRefusedWithTheCurrentRoute(long counter, String decision)
      throws Exception {
    world.put(FALLBACK, 2, "d2").send();
    DemoWorld.Signed put = world.put(PRIMARY, counter, decision);
    HttpResponse<String> answer = put.send();

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("current"))
        .hasToString(
            """
            {"site":"fallback","epoch":{"generation":0,"counter":2},"decisionId":"d2"}\
            """);
    assertThat(put.signed(answer)).isTrue();
    assertThat(world.serving()).isEqualTo("fallback");
    assertThat(world.outcomes()).containsExactly("applied", "refused");
  }

  @Test
  void theRouteSurvivesARestart() throws Exception {
    world.put(FALLBACK, 7, "d7").send();
    world.restart();

    assertThat(world.serving()).isEqualTo("fallback");
    assertThat(world.read().send().body()).contains("\"counter\":7", "d7");
    assertThat(world.put(PRIMARY, 6, "late").send().statusCode()).isEqualTo(409);
  }

  @Test
  void eachServiceHasItsOwnEpoch() throws Exception {
    world.put(FALLBACK, 5, "d5").send();
    HttpResponse<String> other = world.put("other", body("other", "fallback", 1, "d1")).send();

    assertThat(other.statusCode()).isEqualTo(200);
  }

  @Test
  void bothKeysOfARotationAreValid() throws Exception {
    DemoWorld.Signed second = world.put(FALLBACK, 1, "d1").key("k2");
    HttpResponse<String> answer = second.send();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(second.signed(answer)).isTrue();
  }

  @Test
  void aRequestWithoutSignatureIsTurnedAway() throws Exception {
    HttpRequest unsigned =
        HttpRequest.newBuilder(world.control("/services/demo/route"))
            .PUT(HttpRequest.BodyPublishers.ofString(body("demo", "fallback", 1, "d1")))
            .build();

    assertTurnedAway(world.send(unsigned));
    assertThat(world.get(world.control("/services/demo/route")).statusCode()).isEqualTo(401);
  }

  @Test
  void aBodyThatWasChangedOnTheWayIsTurnedAway() throws Exception {
    assertTurnedAway(
        world.send(world.put(PRIMARY, 1, "d1").request(body("demo", "fallback", 1, "d1"))));
  }

  @Test
  void anUnknownKeyIsTurnedAway() throws Exception {
    assertTurnedAway(world.put(FALLBACK, 1, "d1").key("stolen").send());
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void aRequestFromAnotherTimeIsTurnedAway(long seconds) throws Exception {
    assertTurnedAway(world.put(FALLBACK, 1, "d1").at(NOW.plus(Duration.ofSeconds(seconds))).send());
  }

  @Test
  void aServiceThatTheEdgeDoesNotServeIsNotFound() throws Exception {
    assertThat(world.put("moon", body("moon", "fallback", 1, "d1")).send().statusCode())
        .isEqualTo(404);
    assertThat(world.outcomes()).containsExactly("refused");
  }

  @Test
  void aSiteThatTheServiceDoesNotHaveCanNotBeProcessed() throws Exception {
    HttpResponse<String> answer = world.put("demo", body("demo", "moon", 1, "d1")).send();

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).path("error").asString()).isEqualTo("service demo has no site moon");
    assertThat(world.outcomes()).containsExactly("refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ \"service\": | (line 1, column",
        "'' | No content",
        "null | service must be the one in the path, demo",
        "{} | service is missing",
        "{\"service\":\"other\",\"site\":\"fallback\",\"epoch\":{\"generation\":0,\"counter\":1},\"decisionId\":\"d\"}"
            + " | service must be the one in the path, demo",
        "{\"service\":\"demo\",\"site\":\"fallback\",\"epoch\":{\"generation\":0,\"counter\":\"x\"},\"decisionId\":\"d\"}"
            + " | [\"epoch\"]",
        "{\"service\":\"demo\",\"site\":\"fallback\",\"epoch\":{\"generation\":0},\"decisionId\":\"d\"}"
            + " | counter",
        "{\"service\":\"demo\",\"site\":\"Bad Name\",\"epoch\":{\"generation\":0,\"counter\":1},\"decisionId\":\"d\"}"
            + " | [\"site\"]",
      })
  void aBadBodyIsRefusedNamingThePlace(String body, String reason) throws Exception {
    HttpResponse<String> answer = world.put("demo", body).send();

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asString()).contains(reason);
    assertThat(world.outcomes()).containsExactly("refused");
  }

  private void assertTurnedAway(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).path("error").asString()).isNotEmpty();
    assertThat(world.serving()).isEqualTo("primary");
    assertThat(world.outcomes()).containsExactly("refused");
  }
}
