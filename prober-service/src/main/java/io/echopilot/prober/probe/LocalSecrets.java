package io.echopilot.prober.probe;

import io.echopilot.probes.SecretRef;
import io.echopilot.probes.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of this process: a file of that name in a folder, else an environment variable. Read at
 * each run, so that a rotated one is used from the next run on.
 */
public final class LocalSecrets implements Secrets {
  private static final String PREFIX = "ECHOPILOT_SECRET_";

  private final @Nullable Path folder;
  private final Map<String, String> environment;

  public LocalSecrets(@Nullable Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String value(SecretRef secret) {
    Path file = folder == null ? null : folder.resolve(secret.name());
    try {
      if (file != null && Files.exists(file)) {
        return Files.readString(file).strip();
      }
    } catch (IOException _) {
      throw new MissingSecretException(
          "%s can't be read: let this prober read %s".formatted(secret, file));
    }
    String variable = PREFIX + secret.name().toUpperCase(Locale.ROOT).replace('-', '_');
    String value = environment.get(variable);
    if (value == null || value.isBlank()) {
      throw new MissingSecretException(
          "this prober has no %s: put it into %s, or into the variable %s"
              .formatted(
                  secret,
                  file == null ? "a folder named by echopilot.prober.secrets" : file,
                  variable));
    }
    return value.strip();
  }
}
