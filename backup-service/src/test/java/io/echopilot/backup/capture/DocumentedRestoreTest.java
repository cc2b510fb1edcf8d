package io.echopilot.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.fleet.LocalPostgres;
import io.echopilot.fleet.postgres.PostgresRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedRestoreTest {
  private static final Path DOCUMENT = Path.of("../docs/operations.md");

  @Test
  void theCommandsThatTheDocumentationGivesRestoreABackup(@TempDir Path folder) throws Exception {
    try (LocalPostgres postgres =
        LocalPostgres.start(Files.createDirectory(folder.resolve("pg")))) {
      BackupWorld world = new BackupWorld(postgres, folder);
      assertThat(world.attempt(world.demo(), 1)).isInstanceOf(BackupVerified.class);

      Path said = folder.resolve("said");
      ProcessBuilder shell =
          new ProcessBuilder("bash", "-e", "-u", "-c", commands())
              .directory(world.storage.of(world.backup).toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      shell.environment().put("DUMP", folder.resolve("dump").toString());
      shell.environment().put("DATABASE", "restored");
      shell.environment().put("PGHOST", postgres.host());
      shell.environment().put("PGPORT", Integer.toString(postgres.port()));
      shell.environment().put("PGUSER", PostgresRole.BACKUP.login());
      shell.environment().put("PGPASSWORD", postgres.password(PostgresRole.BACKUP));

      assertThat(shell.start().waitFor()).as(() -> read(said)).isZero();
      assertThat(postgres.query("restored", BackupWorld.JOBS))
          .isEqualTo(postgres.query("demo", BackupWorld.JOBS));
    }
  }

  private static String commands() throws Exception {
    List<String> lines = Files.readAllLines(DOCUMENT);
    int heading = lines.indexOf("## Backups");
    int from = heading + lines.subList(heading, lines.size()).indexOf("```bash");
    int to = from + lines.subList(from, lines.size()).indexOf("```");
    return String.join("\n", lines.subList(from + 1, to));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
