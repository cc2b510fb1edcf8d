package io.echopilot.starter.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UserDetailsRepositoryReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.ReactiveUserDetailsPasswordService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Who may log in, as the credentials file says. */
class LocalUsersTest {
  private Path file;

  @BeforeEach
  void useFile(@TempDir Path folder) {
    file = folder.resolve("credentials.properties");
  }

  @ParameterizedTest
  @ValueSource(strings = {"viewer", "operator", "admin"})
  void eachHasTheRoleOfItsName(String name) throws IOException {
    Files.writeString(file, "viewer=a\noperator=b\nadmin=c\n");

    assertThat(requireNonNull(users().findByUsername(name).block()).getAuthorities())
        .extracting(authority -> authority.getAuthority())
        .containsExactly("ROLE_" + name.toUpperCase(Locale.ROOT));
  }

  @Test
  void aPasswordMayBeWrittenAsItIs() throws IOException {
    Files.writeString(file, "viewer=open sesame\n");

    assertThat(logsIn("viewer", "open sesame")).isTrue();
    assertThat(logsIn("viewer", "something else")).isFalse();
    assertThat(logsIn("admin", "open sesame")).isFalse();
  }

  @Test
  void aPasswordMayBeEncoded() throws IOException {
    String encoded = new BCryptPasswordEncoder(4).encode("open sesame");
    Files.writeString(file, "viewer={bcrypt}" + encoded + "\n");

    assertThat(logsIn("viewer", "open sesame")).isTrue();
    assertThat(logsIn("viewer", "something else")).isFalse();
  }

  @Test
  void loggingInDoesNotMakePasswordsExpensive() throws IOException {
    Files.writeString(file, "viewer=open sesame\n");

    assertThat(users()).isNotInstanceOf(ReactiveUserDetailsPasswordService.class);
  }

  @Test
  void othersInTheFileAreNobodysUsers() throws IOException {
    Files.writeString(file, "viewer=a\nroot=b\n");

    assertThat(users().findByUsername("root").blockOptional()).isEmpty();
  }

  @Test
  void aMissingFileIsToldWithItsRemedy() {
    assertThatThrownBy(this::users)
        .hasMessage(file + " is not there: create it, or set echopilot.security.credentials-file");
  }

  @Test
  void aFileThatCannotBeReadIsToldAsSuch() throws IOException {
    Files.createDirectory(file);

    assertThatThrownBy(this::users)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("echopilot.security.credentials-file can't be read: " + file);
  }

  @Test
  void anEmptyFileIsToldWithItsRemedy() throws IOException {
    Files.writeString(file, "# nobody yet\n");

    assertThatThrownBy(this::users)
        .hasMessage(
            file + " names none of viewer, operator, admin: write a line such as viewer=PASSWORD");
  }

  @Test
  void anEmptyPasswordIsRefused() throws IOException {
    Files.writeString(file, "viewer=a\nadmin=\n");

    assertThatThrownBy(this::users)
        .hasMessage(file + " gives admin an empty password: set one, or remove the line");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(SecurityProperties.class)
  static class Enabled {}

  @Test
  void withoutTheFilesNameTheServiceDoesNotStart() {
    new ApplicationContextRunner()
        .withUserConfiguration(Enabled.class)
        .run(context ->
            assertThat(context.getStartupFailure()).hasStackTraceContaining("credentialsFile"));
  }

  @Test
  void theFilesNameIsMapped() {
    new ApplicationContextRunner()
        .withUserConfiguration(Enabled.class)
        .withPropertyValues("echopilot.security.credentials-file=/etc/echopilot/credentials")
        .run(context ->
            assertThat(context.getBean(SecurityProperties.class))
                .isEqualTo(new SecurityProperties(Path.of("/etc/echopilot/credentials"))));
  }

  private ReactiveUserDetailsService users() {
    return LocalUsers.of(new SecurityProperties(file));
  }

  private boolean logsIn(String name, String password) {
    return new UserDetailsRepositoryReactiveAuthenticationManager(users())
        .authenticate(new UsernamePasswordAuthenticationToken(name, password))
        .onErrorComplete()
        .blockOptional()
        .isPresent();
  }
}
