package io.echopilot.fleet;

import java.util.List;

/**
 * Everything that a fleet can run, in the order of its start. A further service is a further line
 * here and a class that says its settings.
 */
final class Members {
  private Members() {}

  static List<Member> of(FleetOptions options) {
    Ports ports = options.ports();
    return List.of(
        new DemoMember(options),
        new BrokerMember(options),
        // After the broker, which starts while this one makes its first databases.
        new PostgresMember(options),
        new ServiceMember(
            options,
            "failover-service",
            Part.FAILOVER_SERVICE,
            Port.FAILOVER,
            ports.failovers().subList(0, options.failoverReplicas()),
            "/api/v1/services",
            new FailoverSettings(options)),
        new ServiceMember(
            options,
            "prober-service",
            Part.PROBER_SERVICE,
            Port.PROBER,
            ports.probers().subList(0, options.locations()),
            "/actuator/health",
            new ProberSettings(options)),
        new ServiceMember(
            options,
            "alert-service",
            Part.ALERT_SERVICE,
            Port.ALERT,
            List.of(ports.of(Port.ALERT)),
            options.runs(Part.POSTGRES) ? "/api/v1/incidents" : "/actuator/health",
            new AlertSettings(options)),
        new ServiceMember(
            options,
            "backup-service",
            Part.BACKUP_SERVICE,
            Port.BACKUP,
            List.of(ports.of(Port.BACKUP)),
            "/api/v1/backups",
            new BackupSettings(options)),
        new ServiceMember(
            options,
            "dashboard-service",
            Part.DASHBOARD_SERVICE,
            Port.DASHBOARD,
            List.of(ports.of(Port.DASHBOARD)),
            "/",
            new DashboardSettings(options)));
  }

  /** Those that this fleet runs. */
  static List<Member> chosen(FleetOptions options) {
    return of(options).stream().filter(member -> options.runs(member.part())).toList();
  }
}
