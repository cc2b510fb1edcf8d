package io.echopilot.probes.icmp;

import static io.echopilot.probes.Findings.expect;
import static io.echopilot.probes.Findings.expectSuccess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.echopilot.events.Outcome;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.DeniedNetworks;
import io.echopilot.probes.Documented;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Worlds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the system's ping; how it fails elsewhere, with scripts that say what it says there. */
@Timeout(60)
class IcmpProbeTest {
  private static final URI HERE = URI.create("http://127.0.0.1:1");
  private static final Duration LONG = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void theDocumentedExampleWorks() {
    Finding finding = Worlds.run(Documented.example("icmp"), HERE);

    assumeThatPingIsPermitted(finding);
    expectSuccess(finding);
    assertThat(finding.numbers().get("roundTrip")).isBetween(0.0, 1_000.0);
  }

  @Test
  void aNameIsLookedUp() {
    Finding finding = Worlds.run("icmp: {host: localhost}", HERE);

    assumeThatPingIsPermitted(finding);
    expectSuccess(finding);
    expect(
        Worlds.run("icmp: {host: no-such-host.invalid}", HERE),
        Kind.DNS,
        "no address for no-such-host.invalid");
  }

  @Test
  void withoutPingItSaysSoAndNothingOfTheTarget() {
    Finding finding = run(folder.resolve("ping").toString(), LONG);

    expect(finding, Kind.SETUP, "icmp isn't possible here: ");
    assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void withoutThePermissionItSaysSoAndNothingOfTheTarget() throws Exception {
    Finding finding = run(script("echo 'ping: socket: Operation not permitted' >&2; exit 2"), LONG);

    expect(finding, Kind.SETUP, "icmp isn't possible here: ping: socket: Operation not permitted");
    assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void silenceIsATimeOutAndARouterIsBelieved() throws Exception {
    expect(run(script("exit 1"), LONG), Kind.TIMEOUT, "127.0.0.1 does not answer an echo request");
    expect(
        run(script("echo 'From 10.0.0.1 icmp_seq=1 Destination Host Unreachable'; exit 1"), LONG),
        Kind.CONNECT,
        "127.0.0.1: From 10.0.0.1 icmp_seq=1 Destination Host Unreachable");
    expect(
        run(script("echo 'ping: connect: Network is unreachable'; exit 2"), LONG),
        Kind.CONNECT,
        "127.0.0.1: ping: connect: Network is unreachable");
  }

  @Test
  void oneThatHangsIsEndedAtTheTimeOut() throws Exception {
    Path pid = folder.resolve("pid");

    Finding finding =
        run(
            script("echo $$ > '%s'; exec tail -f /dev/null".formatted(pid)),
            Duration.ofMillis(500));

    expect(finding, Kind.TIMEOUT, "no answer from 127.0.0.1 within 500 ms");
    long process = Long.parseLong(Files.readString(pid).strip());
    await().until(() -> ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void ofWhatItSaysLittleIsKept() throws Exception {
    Finding finding =
        run(script("exec 2>&1; head -c 60000 /dev/zero | tr '\\000' x; exit 2"), LONG);

    expect(finding, Kind.SETUP, "icmp isn't possible here: xxx");
    assertThat(String.valueOf(finding.error())).hasSizeLessThan(400);
  }

  /** A machine without ping says so: then there is nothing to be seen of its answers. */
  private static void assumeThatPingIsPermitted(Finding finding) {
    assumeTrue(
        finding.outcome() != Outcome.UNKNOWN,
        () -> "this machine has no ping that may be used: " + finding.error());
  }

  private static Finding run(String command, Duration timeout) {
    return new IcmpProbe(command, "127.0.0.1", timeout, DeniedNetworks.NONE).run().join();
  }

  private String script(String text) throws IOException {
    Path script = Files.writeString(folder.resolve("ping"), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }
}
