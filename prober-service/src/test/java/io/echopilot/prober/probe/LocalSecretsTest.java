package io.echopilot.prober.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.echopilot.probes.SecretRef;
import io.echopilot.probes.Secrets.MissingSecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSecretsTest {
  private static final SecretRef TOKEN = new SecretRef("checkout-token");

  @Test
  void aSecretIsAFileOfItsName(@TempDir Path folder) throws IOException {
    LocalSecrets secrets = new LocalSecrets(folder, Map.of("ECHOPILOT_SECRET_CHECKOUT_TOKEN", "x"));
    Files.writeString(folder.resolve("checkout-token"), "one\n");
    assertThat(secrets.value(TOKEN)).isEqualTo("one");

    Files.writeString(folder.resolve("checkout-token"), "two\n");
    assertThat(secrets.value(TOKEN)).as("rotated").isEqualTo("two");
  }

  @Test
  void orAVariable(@TempDir Path folder) {
    Map<String, String> environment = Map.of("ECHOPILOT_SECRET_CHECKOUT_TOKEN", "one");

    assertThat(new LocalSecrets(folder, environment).value(TOKEN)).isEqualTo("one");
    assertThat(new LocalSecrets(null, environment).value(TOKEN)).isEqualTo("one");
  }

  @Test
  void oneThatIsMissingIsToldWithBothPlaces(@TempDir Path folder) {
    assertThatExceptionOfType(MissingSecretException.class)
        .isThrownBy(() -> new LocalSecrets(folder, Map.of()).value(TOKEN))
        .withMessage(
            "this prober has no secret:checkout-token: put it into %s, or into the variable"
                + " ECHOPILOT_SECRET_CHECKOUT_TOKEN",
            folder.resolve("checkout-token"));
  }
}
