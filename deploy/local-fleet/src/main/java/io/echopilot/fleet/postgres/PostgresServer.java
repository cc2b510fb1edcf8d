package io.echopilot.fleet.postgres;

import io.echopilot.fleet.process.Folders;
import io.echopilot.fleet.process.Mark;
import io.echopilot.fleet.process.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A server and where its things are.
 *
 * @param data all its databases
 * @param settings its {@code postgresql.conf}
 * @param access its {@code pg_hba.conf}
 * @param secrets the folder with the {@linkplain PostgresRole#passwordFile() passwords}
 * @param log what its first start says is appended here
 */
public record PostgresServer(
    ServerBinaries binaries, Path data, Path settings, Path access, Path secrets, Path log) {
  /** How it is started. */
  public List<String> command(Mark mark) {
    List<String> command = new ArrayList<>(List.of(program("postgres"), "-D", data.toString()));
    command.add("--config_file=" + settings);
    command.add("--hba_file=" + access);
    command.addAll(mark.forPostgres());
    return OrdinaryUser.command(command);
  }

  /**
   * Makes it ready to start: its databases at first, later what a killed one left is put away.
   *
   * @throws StartFailure when the databases can't be made
   */
  public void prepare() {
    if (Files.isDirectory(data)) {
      Leftovers.clear(data);
      return;
    }
    Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
    Folders.delete(unfinished);
    initialise(unfinished);
    try {
      Files.move(unfinished, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void initialise(Path folder) {
    run(
        List.of(
            program("initdb"),
            "--pgdata=" + folder,
            "--username=" + PostgresRole.SUPERUSER.login(),
            "--pwfile=" + secrets.resolve(PostgresRole.SUPERUSER.passwordFile()),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--data-checksums",
            "--no-sync"),
        "");
    sql(
        folder,
        "postgres",
        resource("roles.sql")
            .replace(":demo", password(PostgresRole.DEMO))
            .replace(":echopilot", password(PostgresRole.ECHOPILOT))
            .replace(":backup", password(PostgresRole.BACKUP)));
    sql(folder, "demo", resource("demo.sql"));
  }

  /** By a server without a network, in its single-user mode; a statement ends with a blank line. */
  private void sql(Path folder, String database, String statements) {
    run(
        List.of(
            program("postgres"),
            "--single",
            "-F",
            "-j",
            "--exit_on_error=true",
            // A statement that fails may have a password in it.
            "--log_min_error_statement=panic",
            "-D",
            folder.toString(),
            database),
        statements);
  }

  private void run(List<String> command, String input) {
    Tool.run(
        Path.of(command.getFirst()).getFileName().toString(),
        OrdinaryUser.command(command),
        input,
        log);
  }

  private String program(String name) {
    return binaries.folder().resolve(name).toString();
  }

  private String password(PostgresRole role) {
    try {
      return Files.readString(secrets.resolve(role.passwordFile())).strip().replace("'", "''");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = PostgresServer.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
