package io.echopilot.prober;

import io.echopilot.events.InstanceId;
import io.echopilot.events.LocationId;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.Topics;
import io.echopilot.prober.location.Pulse;
import io.echopilot.prober.location.SelfDoubt;
import io.echopilot.prober.location.TcpReferences;
import io.echopilot.prober.probe.LocalSecrets;
import io.echopilot.prober.probe.Probes;
import io.echopilot.prober.publish.KafkaContact;
import io.echopilot.prober.publish.LocationBeat;
import io.echopilot.prober.publish.Reporter;
import io.echopilot.prober.schedule.Schedule;
import io.echopilot.prober.schedule.SteadyClock;
import io.echopilot.probes.DeniedNetworks;
import io.echopilot.probes.JobReports;
import io.echopilot.probes.ProbeContext;
import io.echopilot.probes.Secrets;
import io.echopilot.starter.CompactedTopicReader;
import io.echopilot.starter.CompactedTopicReaders;
import io.echopilot.starter.EventPublisher;
import io.echopilot.starter.ServiceShare;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.resources.LoopResources;

@Configuration(proxyBeanMethods = false)
class ProberConfiguration {
  private static final Logger log = LoggerFactory.getLogger(ProberConfiguration.class);

  /** Nobody probes what is changing hands. */
  private static final Duration TAKEOVER = Duration.ofMillis(100);

  private final LocationId location;
  private final ProberProperties properties;

  ProberConfiguration(ProberProperties properties) {
    this.properties = properties;
    this.location = new LocationId(properties.location());
    if (properties.references().isEmpty()) {
      log.warn(
          "echopilot.prober.references names nothing: a network failure of {} will look like one of all its targets",
          location);
    }
  }

  @Bean(destroyMethod = "dispose")
  LoopResources probeLoops() {
    return LoopResources.create("probe", properties.threads(), true);
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService probeTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("probe-timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  @Bean
  KafkaContact kafkaContact() {
    return new KafkaContact();
  }

  @Bean
  Reporter reporter(
      EventPublisher publisher, InstanceId instance, Clock clock, KafkaContact contact) {
    return new Reporter(publisher, location, instance, clock, contact);
  }

  @Bean
  LocationBeat locationBeat(ScheduledExecutorService probeTimer, Reporter reporter) {
    return new LocationBeat(probeTimer, reporter);
  }

  @Bean
  SelfDoubt selfDoubt(
      LoopResources probeLoops,
      ScheduledExecutorService probeTimer,
      Pulse pulse,
      Reporter reporter,
      Clock clock,
      MeterRegistry meters) {
    SelfDoubt doubt =
        new SelfDoubt(
            new TcpReferences(
                properties.references(),
                properties.referenceTimeout(),
                probeLoops,
                started -> pulse.stoodStill(properties.referenceTimeout(), started)),
            probeTimer,
            clock,
            properties.referenceRecheck(),
            reporter);
    meters.gauge("echopilot.location.impaired", doubt, d -> d.isImpaired() ? 1 : 0);
    return doubt;
  }

  @Bean
  Pulse pulse(LoopResources probeLoops, ScheduledExecutorService probeTimer) {
    List<ScheduledExecutorService> threads = new ArrayList<>();
    threads.add(probeTimer);
    probeLoops.onClient(true).forEach(threads::add);
    return new Pulse(threads, System::nanoTime);
  }

  @Bean
  Schedule schedule(ScheduledExecutorService probeTimer, Clock clock) {
    return new Schedule(probeTimer, new SteadyClock(clock, System::nanoTime));
  }

  @Bean
  LocationId location() {
    return location;
  }

  @Bean
  Secrets secrets() {
    return new LocalSecrets(properties.secrets(), System.getenv());
  }

  @Bean
  Watch watch(
      InstanceId instance,
      LoopResources probeLoops,
      SelfDoubt doubt,
      Pulse pulse,
      Reporter reporter,
      Schedule schedule,
      Secrets secrets,
      JobReports jobs,
      Clock clock,
      MeterRegistry meters) {
    int mostBody = Math.toIntExact(properties.mostBody().toBytes());
    return new Watch(
        location,
        instance,
        new Probes(
            new ProbeContext(
                probeLoops,
                mostBody,
                secrets,
                clock,
                jobs,
                new DeniedNetworks(properties.deniedNetworks()))),
        doubt,
        pulse,
        reporter,
        schedule,
        clock,
        meters);
  }

  @Bean
  CompactedTopicReader<ServiceEvent> catalogReader(CompactedTopicReaders readers, Watch watch) {
    return readers.share(Topics.SERVICES, "prober-" + location, TAKEOVER, new ServiceShare(watch));
  }

  /** An instance that has not read the definitions yet probes nothing. */
  @Bean
  HealthIndicator catalogHealthIndicator(CompactedTopicReader<ServiceEvent> catalogReader) {
    return () -> catalogReader.caughtUp() ? Health.up().build() : Health.outOfService().build();
  }
}
