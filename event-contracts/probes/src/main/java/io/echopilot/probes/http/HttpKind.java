package io.echopilot.probes.http;

import com.google.auto.service.AutoService;
import io.echopilot.probes.Probe;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.ProbeKind;
import io.echopilot.probes.Target;
import java.net.URI;
import java.util.Set;

/** {@code http}: a request whose answer must match. */
@AutoService(ProbeKind.class)
@SuppressWarnings("rawtypes") // of the annotation, which can name no type arguments
public final class HttpKind implements ProbeKind<HttpCheck> {
  @Override
  public String key() {
    return "http";
  }

  @Override
  public Class<HttpCheck> settings() {
    return HttpCheck.class;
  }

  @Override
  public Probe probe(HttpCheck settings, Target target, ProbeContext context) {
    URI url = URI.create(target.url().toString().replaceAll("/$", "") + settings.path());
    return new HttpProbe(url, settings, null, target.timeout(), context);
  }

  @Override
  public Set<String> numbers(HttpCheck settings) {
    return settings.numbers() == null ? Set.of() : settings.numbers().keySet();
  }
}
