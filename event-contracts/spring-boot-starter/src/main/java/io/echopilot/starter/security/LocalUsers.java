package io.echopilot.starter.security;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/** The users of the credentials file: each has the role of its name. */
final class LocalUsers {
  private static final List<String> USERS = List.of("viewer", "operator", "admin");

  private LocalUsers() {}

  /**
   * Not a {@link MapReactiveUserDetailsService} itself: that would take each password for bcrypt at
   * its first use, and every further request would pay a tenth of a second for it.
   */
  static ReactiveUserDetailsService of(SecurityProperties properties) {
    Properties credentials = new Properties();
    try (Reader file = Files.newBufferedReader(properties.credentialsFile())) {
      credentials.load(file);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException(
          "%s is not there: create it, or set echopilot.security.credentials-file"
              .formatted(properties.credentialsFile()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "echopilot.security.credentials-file can't be read: " + properties.credentialsFile(), e);
    }
    List<UserDetails> users =
        USERS.stream()
            .filter(credentials::containsKey)
            .map(name -> user(properties.credentialsFile(), name, credentials.getProperty(name)))
            .toList();
    if (users.isEmpty()) {
      throw new IllegalStateException(
          "%s names none of %s: write a line such as viewer=PASSWORD"
              .formatted(properties.credentialsFile(), String.join(", ", USERS)));
    }
    MapReactiveUserDetailsService all = new MapReactiveUserDetailsService(users);
    return name -> all.findByUsername(name);
  }

  private static UserDetails user(Path file, String name, String password) {
    if (password.isBlank()) {
      throw new IllegalStateException(
          "%s gives %s an empty password: set one, or remove the line".formatted(file, name));
    }
    return User.withUsername(name)
        .password(password.startsWith("{") ? password : "{noop}" + password)
        .roles(name.toUpperCase(Locale.ROOT))
        .build();
  }
}
