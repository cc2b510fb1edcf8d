package io.echopilot.starter;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.io.IOException;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A readable file with a secret of at least 16 bytes, blanks around it not counted. */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = HoldsSecret.Check.class)
public @interface HoldsSecret {
  String message() default "needs a secret of at least 16 bytes in ${validatedValue}";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Reads the file; what is in it is shown to nobody. */
  final class Check implements ConstraintValidator<HoldsSecret, Path> {
    private static final int SHORTEST = 16;

    @Override
    public boolean isValid(@Nullable Path file, ConstraintValidatorContext context) {
      try {
        return file == null || Files.readString(file).strip().getBytes(UTF_8).length >= SHORTEST;
      } catch (IOException _) {
        return false;
      }
    }
  }
}
