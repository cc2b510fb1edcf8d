package io.echopilot.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link FailoverWorld} of the test run to whoever names it as a parameter. */
final class SharedWorld implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == FailoverWorld.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(Namespace.create(SharedWorld.class))
        .computeIfAbsent(FailoverWorld.class, _ -> start(), FailoverWorld.class);
  }

  private static FailoverWorld start() {
    try {
      return new FailoverWorld(
          Files.createTempDirectory(Path.of("target").toAbsolutePath(), "world"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
