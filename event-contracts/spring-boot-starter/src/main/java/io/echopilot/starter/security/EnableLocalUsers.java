package io.echopilot.starter.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * On a configuration of a WebFlux service: the users of {@code echopilot.security.credentials-file}
 * may log in. What they may do, the service's own filter chain says; {@link ApiSecurity} has the
 * usual one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(LocalUsersConfiguration.class)
public @interface EnableLocalUsers {}
