package io.echopilot.failover;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts failover-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FailoverApplication {
  public static void main(String[] args) {
    SpringApplication.run(FailoverApplication.class, args);
  }
}
