package io.echopilot.alert;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts alert-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AlertApplication {
  public static void main(String[] args) {
    SpringApplication.run(AlertApplication.class, args);
  }
}
