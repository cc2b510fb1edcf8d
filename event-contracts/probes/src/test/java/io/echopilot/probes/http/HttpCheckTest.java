package io.echopilot.probes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.echopilot.events.EventJson;
import io.echopilot.events.ProbeCheck;
import io.echopilot.probes.ProbeKinds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The settings, as people write them and as definitions hold them. */
class HttpCheckTest {
  private static final JsonMapper JSON = EventJson.mapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void whatEarlierVersionsKnowStandsAsTheyKnowIt() {
    ProbeCheck check =
        ProbeKinds.check("http", read("{path: /h, expect: {status: 204, json: {$.a: 1}}}"));

    assertThat(check.settings())
        .isEqualTo(Map.of("path", "/h", "status", 204L, "json", Map.of("$.a", 1L)));
  }

  @Test
  void whatTheyDoNotKnowStandsBesideIt() {
    ProbeCheck check =
        ProbeKinds.check(
            "http", read("{expect: {status: 200-299, json: {$.a: 1, $.b: {below: 5}}, body: ok}}"));

    assertThat(check.settings())
        .containsEntry("status", 200L)
        .containsEntry("json", Map.of("$.a", 1L))
        .containsEntry(
            "expect",
            Map.of(
                "status", List.of("200-299"),
                "json", Map.of("$.a", 1L, "$.b", Map.of("below", 5L)),
                "body", "ok"));
  }

  @Test
  void whatADefinitionHoldsIsReadBackTheSame() {
    HttpCheck check =
        read(
            """
            path: /x
            method: PUT
            headers: {A: b}
            body: text
            bearer: secret:token
            version: 2
            redirects: {follow: 3, count: 1, to: "https:"}
            tls: {verify: false, client: secret:me, daysLeft: 14}
            numbers: {load: $.load}
            expect: {status: [200, 300-302], meanings: {404: gone}, headers: {C: d}, size: {atMost: 10}, dependencies: $.d}
            """);
    ProbeCheck held = ProbeKinds.check("http", check);

    assertThat(JSON.convertValue(held.settings(), HttpCheck.class)).isEqualTo(check);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {method: FETCH}                    | http.method must be one of [DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT], but is "FETCH"
          {version: 3}                       | http.version must be 1 or 2, but is 3
          {headers: {"bad header": x}}       | http.headers: a name must be letters, digits and hyphens, such as X-Api-Key, but is "bad header"
          {headers: {A: "b\\r\\nC: d"}}      | http.headers.A must be one line without control characters
          {bearer: t0ken}                    | a secret must not stand here itself; write secret:NAME and give each prober the secret
          {bearer: "secret:../x"}            | a secret's name must be 1 to 63 lower-case letters
          {redirects: 21}                    | http.redirects.follow must be 0 to 20, but is 21
          {redirects: {follow: 1, count: 2}} | http.redirects.count must be 0 to http.redirects.follow (1), but is 2
          {expect: {status: ok}}             | http.status must be a code such as 200 or a range such as 200-299, but is "ok"
          {expect: {status: []}}             | http.expect.status must name a code, such as 200
          {expect: {meanings: {42: x}}}      | http.status must be 100 to 599, but is 42
          {expect: {status: 299-200}}        | http.status 299-200 ends early
          {expect: {body: "("}}              | "(" is no regular expression of RE2: missing closing )
          {expect: {json: {$.a: {like: b}}}} | http.json: $.a needs one of not, oneOf, above, atLeast, below, atMost, matches, but has [like]
          {expect: {json: {$.a: {below: b}}}}| http.json: $.a must be compared with a number, but is b
          {expect: {dependencies: $..a}}     | http.expect.dependencies: "$..a" may match several places; name one, such as $.status
          {expect: {dependencies: "n["}}     | http.expect.dependencies: "n[" is no JSON path; write one such as $.status
          {expect: {json: {"$.a[": 1}}}      | http.expect.json: "$.a[" is no JSON path; write one such as $.status
          {expect: {size: {atLeast: 2, atMost: 1}}} | http.expect.size can't be at least 2 and at most 1
          {numbers: {"a b": $.a}}            | http.numbers: a name must be a letter and up to 62 letters
          {tls: {daysLeft: -1}}              | tls.daysLeft must be zero or more, but is -1
          {tls: {ca: mine}}                  | tls.ca must be certificates as PEM text, with their BEGIN and END lines
          """)
  void whatMakesNoSenseIsRefusedWithTheRemedy(String yaml, String reason) {
    assertThatThrownBy(() -> read(yaml)).hasMessageContaining(reason);
  }

  @Test
  void aSecretThatStandsThereItselfIsNotRepeated() {
    assertThatThrownBy(() -> read("{bearer: t0ken}")).hasMessageNotContaining("t0ken");
  }

  private static HttpCheck read(String yaml) {
    return YAML.readValue(yaml, HttpCheck.class);
  }
}
