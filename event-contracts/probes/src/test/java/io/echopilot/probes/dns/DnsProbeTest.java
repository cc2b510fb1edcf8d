package io.echopilot.probes.dns;

import static io.echopilot.probes.Findings.expect;
import static io.echopilot.probes.Findings.expectSuccess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.Documented;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Worlds;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Against a server of a few names, over UDP. */
@Timeout(60)
class DnsProbeTest {
  private DatagramSocket socket;
  private int port;

  @BeforeEach
  void startServer() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    port = socket.getLocalPort();
    Thread.ofPlatform().daemon().start(this::serve);
  }

  @AfterEach
  void stopServer() {
    socket.close();
  }

  @Test
  void theDocumentedExampleWorks() {
    String example = Documented.example("dns");
    assertThat(example).contains("192.0.2.53");

    expectSuccess(
        Worlds.run(
            example.replace("192.0.2.53", "127.0.0.1:" + port),
            URI.create("https://www.example.com")));
  }

  @Test
  void theNameIsTheSitesAndTheTypeAUnlessTheyAreGiven() {
    Finding finding =
        Worlds.run(
            "dns: {server: \"127.0.0.1:%d\"}".formatted(port),
            URI.create("https://www.example.com:8443/app"));

    expectSuccess(finding);
    assertThat(finding.phases().dns()).isPositive();
  }

  @Test
  void recordsMayBeExpectedExactlyOrAmongOthers() {
    expectSuccess(run("{expect: [192.0.2.2, 192.0.2.1]}"));
    expectSuccess(run("{include: [192.0.2.2]}"));
    expect(
        run("{expect: [192.0.2.2]}"),
        Kind.ANSWER,
        "expected A of www.example.com to be exactly [192.0.2.2], got [192.0.2.1, 192.0.2.2]");
    expect(run("{include: [192.0.2.9]}"), Kind.ANSWER, "to be at least [192.0.2.9], got");
  }

  @Test
  void otherTypesAreReadAsPeopleWriteThem() {
    expectSuccess(run("{name: alias.example.com, type: cname, expect: [WWW.example.com]}"));
    expectSuccess(run("{name: text.example.com, type: TXT, expect: [v=spf1 -all]}"));
    expectSuccess(run("{name: mail.example.com, type: MX, expect: [10 mx.example.com.]}"));
  }

  @Test
  void aNameThatIsNotThereAndAServerThatFailsAreToldApart() {
    expect(run("{name: no.example.com}"), Kind.DNS, "there is no no.example.com");
    expect(run("{name: broken.example.com}"), Kind.DNS, "answers SERVFAIL");
    expect(run("{name: www.example.com, type: AAAA}"), Kind.ANSWER, "has no AAAA record");
  }

  @Test
  void aServerThatKeepsSilentOrTalksRubbishIsAFailure() {
    Finding silent = run("{name: silent.example.com}");

    expect(silent, Kind.TIMEOUT, "no answer from 127.0.0.1:");
    expect(run("{name: rubbish.example.com}"), Kind.PROTOCOL, "did not speak the protocol");
  }

  @Test
  void aServerThatIsNotThereIsAFailure() {
    socket.close();

    assertThat(run("{}").error()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dns.example.com", "192.0.2.1:x", "192.0.2.1:70000", "", ":53"})
  void aServerMustBeAnAddress(String server) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DnsCheck(null, null, null, null, server))
        .withMessageStartingWith("dns.server");
  }

  @Test
  void aServerMayBeAnAddressOfEitherFamily() {
    assertThat(DnsCheck.endpoint("192.0.2.1").toString()).isEqualTo("192.0.2.1:53");
    assertThat(DnsCheck.endpoint("2001:db8::1").toString()).isEqualTo("[2001:db8::1]:53");
    assertThat(DnsCheck.endpoint("[2001:db8::1]:54").toString()).isEqualTo("[2001:db8::1]:54");
  }

  private Finding run(String settings) {
    String server = "server: \"127.0.0.1:%d\"".formatted(port);
    String all =
        settings.equals("{}") ? "{" + server + "}" : settings.replace("}", ", " + server + "}");
    return Worlds.run("dns: " + all, URI.create("https://www.example.com"), Duration.ofMillis(500));
  }

  private void serve() {
    byte[] buffer = new byte[512];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        Message question = new Message(Arrays.copyOf(buffer, packet.getLength()));
        byte[] answer = answer(question);
        if (answer.length > 0) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException _) {
        // The socket was closed.
      }
    }
  }

  private static byte[] answer(Message question) throws IOException {
    Record asked = question.getQuestion();
    String name = asked.getName().toString(true);
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(asked, Section.QUESTION);
    switch (name + "/" + Type.string(asked.getType())) {
      case "www.example.com/A" -> {
        add(answer, asked, "192.0.2.1");
        add(answer, asked, "192.0.2.2");
      }
      case "www.example.com/AAAA" -> {}
      case "alias.example.com/CNAME" -> add(answer, asked, "www.example.com.");
      case "text.example.com/TXT" -> add(answer, asked, "\"v=spf1 -all\"");
      case "mail.example.com/MX" -> add(answer, asked, "10 mx.example.com.");
      case "broken.example.com/A" -> answer.getHeader().setRcode(Rcode.SERVFAIL);
      case "silent.example.com/A" -> {
        return new byte[0];
      }
      case "rubbish.example.com/A" -> {
        byte[] rubbish = Arrays.copyOf(answer.toWire(), 13);
        rubbish[5] = 9;
        return rubbish;
      }
      default -> answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    return answer.toWire();
  }

  private static void add(Message answer, Record asked, String data) throws IOException {
    answer.addRecord(
        Record.fromString(asked.getName(), asked.getType(), DClass.IN, 60, data, Name.root),
        Section.ANSWER);
  }
}
