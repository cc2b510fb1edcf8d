package io.echopilot.starter.security;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Who may log in.
 *
 * @param credentialsFile properties {@code viewer}, {@code operator} and {@code admin}, each with a
 *     password or an encoded one such as {@code {bcrypt}…}
 */
@ConfigurationProperties("echopilot.security")
@Validated
public record SecurityProperties(@NotNull Path credentialsFile) {}
