package io.echopilot.probes.dns;

import io.echopilot.events.ProbeError;
import io.echopilot.events.ProbeError.Kind;
import io.echopilot.probes.DeniedNetworks;
import io.echopilot.probes.Endpoint;
import io.echopilot.probes.Finding;
import io.echopilot.probes.Probe;
import io.echopilot.probes.Runs;
import io.echopilot.probes.Stopwatch;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import reactor.core.publisher.Mono;

/** One question, over UDP, and over TCP when the answer does not fit. */
final class DnsProbe implements Probe {
  /** So that the probe's own time-out comes first. */
  private static final Duration LONGER = Duration.ofSeconds(1);

  private final DnsCheck check;
  private final String name;
  private final String type;
  private final Duration timeout;
  private final DeniedNetworks denied;

  DnsProbe(DnsCheck check, String host, Duration timeout, DeniedNetworks denied) {
    this.check = check;
    this.name = Objects.requireNonNullElse(check.name(), host);
    this.type = Objects.requireNonNullElse(check.type(), "A");
    this.timeout = timeout;
    this.denied = denied;
  }

  @Override
  public CompletableFuture<Finding> run() {
    String server = check.server();
    Endpoint where = server == null ? new Endpoint("the resolver", 53) : DnsCheck.endpoint(server);
    return Runs.of(
        where,
        timeout,
        stopwatch -> {
          stopwatch.resolving();
          return ask(server == null ? null : where).map(answer -> judge(answer, where, stopwatch));
        });
  }

  private Mono<Message> ask(@Nullable Endpoint server) {
    return Mono.defer(() -> {
      Name absolute = DnsCheck.absolute(name);
      Message question = Message.newQuery(Record.newRecord(absolute, Type.value(type), DClass.IN));
      return Mono.fromCompletionStage(() -> resolver(server).sendAsync(question));
    });
  }

  private SimpleResolver resolver(@Nullable Endpoint server) {
    try {
      SimpleResolver resolver =
          server == null ? new SimpleResolver() : new SimpleResolver(allowed(server));
      resolver.setTimeout(timeout.plus(LONGER));
      return resolver;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("this machine names no resolver", e);
    }
  }

  private InetSocketAddress allowed(Endpoint server) {
    InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
    denied.check(address.getAddress());
    return address;
  }

  private Finding judge(Message answer, Endpoint where, Stopwatch stopwatch) {
    stopwatch.resolved();
    return Finding.of(error(answer, where).orElse(null), stopwatch.phases());
  }

  private Optional<ProbeError> error(Message answer, Endpoint where) {
    int code = answer.getRcode();
    if (code == Rcode.NXDOMAIN) {
      return Optional.of(new ProbeError(Kind.DNS, "there is no " + name));
    }
    if (code != Rcode.NOERROR) {
      return Optional.of(
          new ProbeError(Kind.DNS, "%s answers %s".formatted(where, Rcode.string(code))));
    }
    List<String> found =
        answer.getSection(Section.ANSWER).stream()
            .filter(record -> record.getType() == Type.value(type))
            .map(DnsProbe::text)
            .toList();
    if (found.isEmpty()) {
      return Optional.of(new ProbeError(Kind.ANSWER, "%s has no %s record".formatted(name, type)));
    }
    return unlike(plain(found));
  }

  private Optional<ProbeError> unlike(SortedSet<String> found) {
    List<String> expected = check.expect();
    if (expected != null && !found.equals(plain(expected))) {
      return wrong("exactly " + plain(expected), found);
    }
    List<String> included = check.include();
    return included != null && !found.containsAll(plain(included))
        ? wrong("at least " + plain(included), found)
        : Optional.empty();
  }

  private Optional<ProbeError> wrong(String expected, SortedSet<String> found) {
    return Optional.of(
        new ProbeError(
            Kind.ANSWER,
            "expected %s of %s to be %s, got %s".formatted(type, name, expected, found)));
  }

  /** Names are alike with and without their final dot, in capitals or not. */
  private static SortedSet<String> plain(List<String> records) {
    return records.stream()
        .map(record -> record.toLowerCase(Locale.ROOT).replaceAll("\\.$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(Record record) {
    return record instanceof TXTRecord text
        ? String.join("", text.getStrings())
        : record.rdataToString();
  }
}
