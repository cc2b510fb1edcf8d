package io.echopilot.failover.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.Drift;
import io.echopilot.events.Failback;
import io.echopilot.events.LocationId;
import io.echopilot.events.Maintenance;
import io.echopilot.events.ProbeCheck;
import io.echopilot.events.ProbeId;
import io.echopilot.events.Quorum;
import io.echopilot.events.ServiceDefinition;
import io.echopilot.events.ServiceDefinition.Entrypoint;
import io.echopilot.events.ServiceDefinition.FailoverPolicy;
import io.echopilot.events.ServiceDefinition.Probe;
import io.echopilot.events.ServiceDefinition.Site;
import io.echopilot.events.ServiceDefinition.Traffic;
import io.echopilot.events.ServiceId;
import io.echopilot.events.SiteId;
import io.echopilot.events.Slo;
import io.echopilot.events.SloId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogReaderTest {
  private static final Set<String> ENDPOINTS = Set.of("edge", "other-edge");
  private static final ServiceId CHECKOUT = new ServiceId("checkout");

  /** The design's example, as far as this version goes. */
  private static final String FULL =
      """
      services:
        - id: checkout
          owner: payments
          entrypoint: {url: https://checkout.example.com/health, siteFrom: {json: $.site}, interval: 5s, timeout: 1s}
          locations: [eu-1, us-1, ap-1]
          sites:
            - {id: primary, url: https://checkout.primary.example.com}
            - {id: railway, url: https://checkout.up.railway.app}
          probes:
            - {id: health, http: {path: /health, expect: {status: 204, json: {"$.status": ok, "$.ready": true}}, numbers: {delivered: $.ok, sent: $.all}}, interval: 10s, confirm: 2s, timeout: 3s}
            - {id: db, http: {path: /db}, interval: 30s, critical: false}
          failover: {failures: 4, window: 20m, locations: all, fallbackSuccesses: 3, failbackAfter: 45m, failbackCap: 4h, failback: manual, observe: 2h, drift: hold, switchTimeout: 500ms}
          traffic: {webhook: {endpoint: edge}}
          slos:
            - {id: availability, objective: 99.9}
            - {id: latency, objective: 99, window: 7d, probe: health, under: 1200ms, leastBad: 5, mostPerDay: 2}
            - {id: webhooks, objective: 99, good: delivered, total: sent}
          maintenance: [{cron: "0 0 3 * * SUN", for: 30m}]
      """;

  private static final String LEAST =
      """
      services:
        - id: checkout
          locations: [here]
          sites:
            - {id: primary, url: http://primary.example.com}
            - {id: fallback, url: http://fallback.example.com}
          probes:
            - {id: health, http: {}}
          traffic: {webhook: {endpoint: edge}}
      """;

  private Path folder;

  @BeforeEach
  void useFolder(@TempDir Path temporary) {
    folder = temporary;
  }

  @Test
  void everyKeyIsRead() throws IOException {
    write("services.yaml", FULL);

    ServiceDefinition expected =
        new ServiceDefinition(
            CHECKOUT,
            "payments",
            new Entrypoint(
                URI.create("https://checkout.example.com/health"),
                "$.site",
                Duration.ofSeconds(5),
                Duration.ofSeconds(1)),
            List.of(new LocationId("eu-1"), new LocationId("us-1"), new LocationId("ap-1")),
            List.of(
                new Site(new SiteId("primary"), URI.create("https://checkout.primary.example.com")),
                new Site(new SiteId("railway"), URI.create("https://checkout.up.railway.app"))),
            List.of(
                new Probe(
                    new ProbeId("health"),
                    new ProbeCheck(
                        "http",
                        Map.of(
                            "path",
                            "/health",
                            "status",
                            204,
                            "json",
                            Map.of("$.status", "ok", "$.ready", true),
                            "numbers",
                            Map.of("delivered", "$.ok", "sent", "$.all"))),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    true),
                new Probe(
                    new ProbeId("db"),
                    http("/db", 200, Map.of()),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(3),
                    false)),
            new FailoverPolicy(
                4,
                Duration.ofMinutes(20),
                Quorum.ALL,
                3,
                Duration.ofMinutes(45),
                Duration.ofHours(4),
                Failback.MANUAL,
                Duration.ofHours(2),
                Drift.HOLD,
                Duration.ofMillis(500)),
            new Traffic("edge"),
            List.of(
                slo("availability", 99.9, 30, null, null, null, null, 3, null),
                slo(
                    "latency",
                    99,
                    7,
                    new ProbeId("health"),
                    Duration.ofMillis(1200),
                    null,
                    null,
                    5,
                    2.0),
                slo("webhooks", 99, 30, null, null, "delivered", "sent", 3, null)),
            List.of(new Maintenance("0 0 3 * * SUN", Duration.ofMinutes(30))));
    assertThat(read().problems()).isEmpty();
    assertThat(read().definitions()).isEqualTo(Map.of(CHECKOUT, expected));
  }

  private static Slo slo(
      String id,
      double objective,
      int days,
      @Nullable ProbeId probe,
      @Nullable Duration under,
      @Nullable String good,
      @Nullable String total,
      int leastBad,
      @Nullable Double mostPerDay) {
    return new Slo(
        new SloId(id),
        objective,
        Duration.ofDays(days),
        probe,
        under,
        good,
        total,
        leastBad,
        mostPerDay);
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws IOException {
    write("services.yaml", LEAST);

    ServiceDefinition definition = requireNonNull(read().definitions().get(CHECKOUT));
    assertThat(definition.owner()).isNull();
    assertThat(definition.entrypoint()).isNull();
    assertThat(definition.probes())
        .containsExactly(
            new Probe(
                new ProbeId("health"),
                http("/", 200, Map.of()),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                true));
    assertThat(definition.failover())
        .isEqualTo(
            new FailoverPolicy(
                3,
                Duration.ofMinutes(15),
                Quorum.MAJORITY,
                2,
                Duration.ofMinutes(30),
                Duration.ofHours(8),
                Failback.AUTOMATIC,
                Duration.ofHours(1),
                Drift.REASSERT,
                Duration.ofSeconds(5)));
  }

  @Test
  void anEntrypointHasDefaultsToo() throws IOException {
    write("services.yaml", LEAST + "    entrypoint: {url: http://www.example.com}\n");

    assertThat(read().definitions().get(CHECKOUT))
        .extracting(ServiceDefinition::entrypoint)
        .isEqualTo(
            new Entrypoint(
                URI.create("http://www.example.com"),
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(3)));
  }

  @Test
  void confirmIsTheIntervalUnlessItIsGiven() throws IOException {
    write("services.yaml", LEAST.replace("http: {}", "http: {}, interval: 1s"));

    assertThat(read().definitions().get(CHECKOUT))
        .extracting(definition -> definition.probes().getFirst().confirm())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          owner: payments | ownr: payments | 3: key "ownr" is not known; known are entrypoint, failover, id, locations, maintenance, owner, probes, removed, sites, slos, traffic
          interval: 10s | interval: 10 | 10: interval must be a number with a unit, such as 500ms, 10s, 15m or 1h, but is "10"
          interval: 10s | interval: soon | 10: interval must be a number with a unit, such as 500ms, 10s, 15m or 1h, but is "soon"
          interval: 10s | interval: {every: 10s} | 10: interval must be a number with a unit, such as 500ms, 10s, 15m or 1h, but is a mapping
          interval: 10s | interval: -10s | 10: service checkout: probe.interval must be a positive duration, but is PT-10S
          confirm: 2s | confirm: 20s | 10: service checkout: probe.confirm (PT20S) must be at most probe.interval (PT10S)
          id: checkout | owner2: x | 2: key "owner2" is not known; known are entrypoint, failover, id, locations, maintenance, owner, probes, removed, sites, slos, traffic
          id: checkout | id: Check_Out | 2: service must be 1 to 63 lower-case letters, digits or inner hyphens, but is "Check_Out"
          url: https://checkout.up.railway.app | url: https:///nowhere | 8: service checkout: site.url must be an http or https URL with a host, but is https:///nowhere
          url: https://checkout.up.railway.app | url: ftp://files.example.com | 8: service checkout: site.url must be an http or https URL with a host, but is ftp://files.example.com
          url: https://checkout.up.railway.app | url: "http://a b" | 8: url must be a valid URI, but is "http://a b"
          id: railway, url | url | 8: service checkout: site.id is missing
          {id: railway | {id: primary | 2: service checkout: sites names something twice: [primary, primary]
          failures: 4 | failures: 0 | 12: service checkout: failover.failures must be at least 1, but is 0
          failures: 4 | failures: -1 | 12: service checkout: failover.failures must be at least 1, but is -1
          failures: 4 | failures: three | 12: failures must be a whole number, but is "three"
          failures: 4 | failures: 2.5 | 12: failures must be a whole number, but is 2.5
          failures: 4 | failures: [3] | 12: failures must be a whole number, but is a list
          failback: manual | failback: sometimes | 12: failback must be one of automatic, manual, but is "sometimes"
          failbackAfter: 45m | failbackAfter: -1m | 12: service checkout: failover.failbackAfter must be zero or more, but is PT-1M
          critical: false | critical: nope | 11: critical must be true or false, but is "nope"
          http: {path: /db}, interval: 30s | interval: 30s | 11: service checkout: a probe needs exactly one kind, such as http: {path: /health}, but has none
          http: {path: /db} | http: | 11: service checkout: probe.http is missing
          http: {path: /db} | http: {pth: /db} | 11: key "pth" is not known; known are bearer, body, expect, headers, json, method, numbers, path, redirects, status, tls, version
          http: {path: /db} | http: {bearer: t0ken} | 11: a secret must not stand here itself; write secret:NAME and give each prober the secret
          http: {path: /db} | http: [/db] | 11: http must be a mapping, but is a list
          status: 204 | status: 42 | 10: http.status must be 100 to 599, but is 42
          path: /health | path: health | 10: http.path must begin with a slash and be escaped as in a URL, such as /health, but is "health"
          path: /health | path: "/he alth" | 10: http.path must begin with a slash and be escaped as in a URL, such as /health, but is "/he alth"
          "$.status": ok | "$[[": ok | 10: http.expect.json: "$[[" is no JSON path; write one such as $.status
          "$.status": ok | "$..status": ok | 10: http.expect.json: "$..status" may match several places; name one, such as $.status
          json: $.site | json: "$.*" | 4: service checkout: entrypoint.siteFrom.json: "$.*" may match several places; name one, such as $.status
          url: https://checkout.up.railway.app | url: https://checkout.up.railway.app:70000 | 8: service checkout: site.url has port 70000, but the highest is 65535
          window: 20m | window: 5s | 2: service checkout: failover.window (PT5S) is too short: 4 failures of probe health take PT6S
          "$.status": ok | "$.status": [ok] | 10: http.json: $.status must be compared with a text, a number, true or false, but is [ok]
          "$.status": ok | "$.status": null | 10: http.json: $.status must be compared with a text, a number, true or false, but is null
          objective: 99.9 | objective: 100 | 15: service checkout: slo.objective must be a percentage of at least 1 and less than 100, such as 99.9, but is 100.0
          objective: 99.9 | objective: 0.999 | 15: service checkout: slo.objective must be a percentage of at least 1 and less than 100, such as 99.9, but is 0.999
          numbers: {delivered: $.ok, sent: $.all} | numbers: {delivered: $.ok} | 2: service checkout: slo webhooks adds up delivered and sent, but no probe that it counts reads both; read them with http: {numbers: {delivered: $.delivered, sent: $.sent}}
          objective: 99.9 | objective: most | 15: objective must be a number, but is "most"
          objective: 99.9 | window: 30d | 15: service checkout: slo.objective is missing: a percentage, such as 99.9
          window: 7d | window: 36h | 16: service checkout: slo.window must be 1 to 90 whole days, such as 30d, but is PT36H
          probe: health | probe: helth | 2: service checkout: slo latency counts probe helth, which is not defined
          good: delivered, total: sent | good: delivered | 17: service checkout: slo.good and slo.total must be given together
          id: latency | id: availability | 2: service checkout: slos names something twice: [availability, availability, webhooks]
          "0 0 3 * * SUN" | "3 a.m." | 18: service checkout: maintenance.cron must be second, minute, hour, day, month and weekday, such as "0 0 3 * * SUN", but is "3 a.m.": Cron expression must consist of 6 fields (found 2 in "3 a.m.")
          for: 30m | for: 25h | 18: service checkout: maintenance.for must be at most a day, but is PT25H
          [eu-1, us-1, ap-1] | [eu-1, eu-1] | 2: service checkout: locations names something twice: [eu-1, eu-1]
          [eu-1, us-1, ap-1] | [] | 2: service checkout: locations needs at least 1, but has 0
          [eu-1, us-1, ap-1] | [eu-1, null] | 5: service checkout: locations[1] is empty
          [eu-1, us-1, ap-1] | eu-1 | 5: locations must be a list, but is "eu-1"
          endpoint: edge | endpoint: nowhere | 13: service checkout: traffic.webhook.endpoint "nowhere" is not among echopilot.failover.endpoints, which are edge, other-edge
          traffic: {webhook: {endpoint: edge}} | traffic: edge | 13: traffic must be a mapping, but is "edge"
          traffic: {webhook: {endpoint: edge}} | traffic: {} | 13: service checkout: traffic.webhook.endpoint is missing
          traffic: {webhook: {endpoint: edge}} | traffic: {haproxy: {backend: x}} | 13: key "haproxy" is not known; known are webhook
          traffic: {webhook: {endpoint: edge}} | removed: false | 2: service checkout: traffic is missing
          """)
  void aMistakeIsToldWithItsLineAndItsRemedy(String right, String wrong, String problem)
      throws IOException {
    assertThat(FULL).contains(right);
    write(
        "services.yaml", FULL.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));

    assertThat(told()).containsExactly("services.yaml:" + problem);
    assertThat(read().isUsable()).isFalse();
  }

  @Test
  void aKindThatNobodyKnowsIsToldWithThoseThatAreKnown() throws IOException {
    write("services.yaml", FULL.replace("http: {path: /db}", "htp: {path: /db}"));

    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("services.yaml:11: key \"htp\" is not known; known are confirm, critical, ")
        .contains("http, icmp, id, ", ", tcp, timeout, tls");
  }

  @Test
  void oneSiteIsNotEnough() throws IOException {
    write("services.yaml", LEAST.replaceFirst("(?m)^.*fallback.example.com}\n", ""));

    assertThat(told())
        .containsExactly("services.yaml:2: service checkout: sites needs at least 2, but has 1");
  }

  @Test
  void aServiceWithoutAnIdIsToldByItsPlace() throws IOException {
    write("services.yaml", LEAST + "  - owner: nobody\n");

    assertThat(told()).containsExactly("services.yaml:10: services[1].id is missing");
  }

  @Test
  void anEmptyItemIsToldByItsPlace() throws IOException {
    write("services.yaml", LEAST + "  -\n");

    assertThat(told()).containsExactly("services.yaml:10: services[1].id is missing");
  }

  @Test
  void aKeyThatStandsTwiceIsToldWithItsLine() throws IOException {
    write("services.yaml", LEAST + "    locations: [there]\n");

    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("services.yaml:10: ")
        .contains("locations");
  }

  @Test
  void whatIsNoYamlIsToldWithItsLine() throws IOException {
    write("services.yaml", "services:\n  - id: checkout\n   owner: [\n");

    assertThat(told()).singleElement().asString().matches("services.yaml:[34]: [^\n]*");
  }

  @Test
  void aBracketThatIsNeverClosedIsToldWhereItOpens() throws IOException {
    write("services.yaml", LEAST.replace("locations: [here]", "locations: [here"));

    assertThat(told()).singleElement().asString().startsWith("services.yaml:3: is no YAML: ");
  }

  @Test
  void anotherDocumentInTheFileIsRefused() throws IOException {
    write("services.yaml", LEAST + "---\n" + LEAST);

    assertThat(told()).singleElement().asString().startsWith("services.yaml:10: is no YAML: ");
  }

  @Test
  void aServiceInTwoFilesIsToldWithBothPlaces() throws IOException {
    write("a.yaml", LEAST);
    write("b.yml", "# another team\n" + LEAST);

    assertThat(told()).containsExactly("b.yml:3: service checkout is defined at a.yaml:2 already");
  }

  @Test
  void manyMistakesAreToldAtOnce() throws IOException {
    write(
        "a.yaml",
        FULL.replace("owner:", "ownr:")
            .replace("interval: 30s", "interval: 30")
            .replace("failback: manual", "failback: never"));
    write(
        "b.yaml",
        LEAST
            .replace("id: checkout", "id: catalog")
            .replace("http://primary.example.com", "primary")
            .replace("{}", "{path: \"\"}")
            .replace("[here]", "[]"));
    write("c.yaml", "services: [\n");

    assertThat(told())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("a.yaml:3: key \"ownr\" is not known"),
            second -> assertThat(second).startsWith("a.yaml:11: interval must be a number"),
            third -> assertThat(third).startsWith("a.yaml:12: failback must be one of"),
            fourth -> assertThat(fourth).startsWith("b.yaml:5: service catalog: site.url must be"),
            fifth -> assertThat(fifth).startsWith("b.yaml:8: http.path must begin"),
            sixth -> assertThat(sixth).startsWith("c.yaml:2: "));
  }

  @Test
  void allThatAServiceLacksIsToldAtOnce() throws IOException {
    write("services.yaml", "services:\n  - id: checkout\n");

    assertThat(told())
        .containsExactly(
            "services.yaml:2: service checkout: locations is missing",
            "services.yaml:2: service checkout: sites is missing",
            "services.yaml:2: service checkout: probes is missing",
            "services.yaml:2: service checkout: traffic is missing");
  }

  @Test
  void aRemovedServiceNeedsNothingElse() throws IOException {
    write("services.yaml", "services:\n  - {id: checkout, removed: true}\n");

    assertThat(read().isUsable()).isTrue();
    assertThat(read().removed())
        .containsExactly(Map.entry(CHECKOUT, new Place("services.yaml", 2)));
  }

  @Test
  void anEmptyFolderDefinesNothingAndSaysSo() {
    assertThat(read().isUsable()).isFalse();
    assertThat(told())
        .containsExactly(
            folder
                + ": defines no service, so nothing changes; a service that need not be protected"
                + " any more is listed with removed: true");
  }

  @ParameterizedTest
  @CsvSource({"''", "'services:'", "'services: []'", "'# nothing yet'"})
  void anEmptyFileDefinesNothingAndSaysSo(String content) throws IOException {
    write("services.yaml", content);

    assertThat(read().isUsable()).isFalse();
    assertThat(told()).singleElement().asString().contains("defines no service");
  }

  @Test
  void aFileThatIsNotThereIsToldAsSuch() {
    CatalogReader reader = new CatalogReader(folder.resolve("services.yaml"), ENDPOINTS);

    assertThat(reader.read(reader.load()).problems())
        .extracting(Problem::toString)
        .containsExactly(
            folder
                + "/services.yaml: is not there; create it, or say where it is with"
                + " echopilot.failover.services");
  }

  @Test
  void aFileThatIsNoTextIsToldAsSuch() throws IOException {
    Files.write(folder.resolve("services.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.createDirectory(folder.resolve("z.yaml"));

    assertThat(told())
        .containsExactly(
            folder + "/services.yaml: can't be read: it is not UTF-8",
            folder + "/z.yaml: can't be read: Is a directory");
  }

  @Test
  void otherFilesOfTheFolderAreLeftAlone() throws IOException {
    write("services.yaml", LEAST);
    write("README.md", "not: [yaml");

    assertThat(read().problems()).isEmpty();
  }

  @Test
  void theFileMayBeGivenItself() throws IOException {
    write("protected", LEAST);
    CatalogReader reader = new CatalogReader(folder.resolve("protected"), ENDPOINTS);

    assertThat(reader.read(reader.load()).definitions()).containsOnlyKeys(CHECKOUT);
  }

  private static ProbeCheck http(String path, int status, Map<String, Object> json) {
    return new ProbeCheck("http", Map.of("path", path, "status", status, "json", json));
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private Catalog read() {
    CatalogReader reader = new CatalogReader(folder, ENDPOINTS);
    return reader.read(reader.load());
  }

  private List<String> told() {
    return read().problems().stream().map(Problem::toString).toList();
  }
}
