package io.echopilot.prober.job;

import io.echopilot.events.JobEvent;
import io.echopilot.events.LocationId;
import io.echopilot.events.ServiceEvent;
import io.echopilot.events.Topics;
import io.echopilot.prober.publish.KafkaContact;
import io.echopilot.probes.Secrets;
import io.echopilot.starter.CompactedTopicReader;
import io.echopilot.starter.CompactedTopicReaders;
import io.echopilot.starter.EventPublisher;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {
  @Bean
  AwaitedJobs awaitedJobs() {
    return new AwaitedJobs();
  }

  @Bean
  NewestReports newestReports() {
    return new NewestReports();
  }

  @Bean
  CompactedTopicReader<ServiceEvent> awaitedJobsReader(
      CompactedTopicReaders readers, AwaitedJobs awaitedJobs) {
    return readers.whole(Topics.SERVICES, awaitedJobs);
  }

  @Bean
  CompactedTopicReader<JobEvent> newestReportsReader(
      CompactedTopicReaders readers, NewestReports newestReports) {
    return readers.whole(Topics.JOB_REPORTS, newestReports);
  }

  @Bean
  JobDesk jobDesk(
      AwaitedJobs awaitedJobs,
      NewestReports newestReports,
      CompactedTopicReader<ServiceEvent> awaitedJobsReader,
      CompactedTopicReader<JobEvent> newestReportsReader,
      KafkaContact contact,
      Secrets secrets,
      EventPublisher publisher,
      LocationId location,
      Clock clock) {
    return new JobDesk(
        awaitedJobs,
        newestReports,
        () -> awaitedJobsReader.caughtUp() && newestReportsReader.caughtUp(),
        contact,
        secrets,
        publisher,
        location,
        clock);
  }
}
