package io.echopilot.fleet;

import io.echopilot.fleet.postgres.PostgresServer;
import io.echopilot.fleet.postgres.PostgresSettings;
import io.echopilot.fleet.postgres.ServerBinaries;
import io.echopilot.fleet.process.AotCache;
import io.echopilot.fleet.process.Mark;
import io.echopilot.fleet.process.ProcessPlan;
import io.echopilot.fleet.process.ReadyCheck;
import io.echopilot.fleet.process.Signal;
import io.echopilot.fleet.process.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The PostgreSQL server. */
final class PostgresMember implements Member {
  static final String NAME = "postgres";

  private final FleetOptions options;
  private final int port;

  PostgresMember(FleetOptions options) {
    this.options = options;
    this.port = options.ports().of(Port.POSTGRES);
  }

  @Override
  public Part part() {
    return Part.POSTGRES;
  }

  @Override
  public List<Instance> instances() {
    return List.of(new Instance(NAME, Map.of(Port.POSTGRES, port), this::plan));
  }

  @Override
  public Optional<AotCache> cache() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> addresses() {
    return Map.of("PostgreSQL", "127.0.0.1:%d (databases demo, echopilot)".formatted(port));
  }

  private ProcessPlan plan() {
    FleetHome home = options.home();
    Path data = home.data().resolve(NAME);
    Map<String, String> settings =
        new FleetFiles(options).settings(NAME, NAME, PostgresSettings.of(port));
    PostgresServer server =
        new PostgresServer(
            ServerBinaries.find(data, Build.current().target()),
            data,
            FleetFiles.write(
                home.config().resolve("postgresql.conf"), PostgresSettings.text(settings)),
            FleetFiles.write(home.config().resolve("pg_hba.conf"), PostgresSettings.access()),
            home.secrets(),
            home.log(NAME));
    // SIGTERM would wait for clients to leave.
    Mark mark = new Mark(home.folder(), Stage.STORE, Signal.INT);
    return new ProcessPlan(
        NAME,
        mark,
        server.command(mark),
        home.log(NAME),
        home.pidFile(NAME),
        new ReadyCheck.Postgres(port),
        server::prepare);
  }
}
