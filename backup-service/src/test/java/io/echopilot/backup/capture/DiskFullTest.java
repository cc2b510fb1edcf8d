package io.echopilot.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.echopilot.events.BackupEvent.BackupFailed;
import io.echopilot.events.BackupEvent.BackupVerified;
import io.echopilot.events.BackupStep;
import io.echopilot.fleet.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of 24 KB, which only root may make. */
class DiskFullTest {
  @TempDir private Path folder;
  private Path small;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    small = Files.createDirectory(folder.resolve("small"));
    mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", small.toString());
    assumeTrue(mounted);
  }

  @AfterEach
  void unmount() throws Exception {
    // What is open there keeps it from going.
    assertThat(!mounted || succeeds("umount", small.toString())).isTrue();
  }

  @Test
  void aDiskThatIsFullIsSaidAndNothingIsLeft() throws Exception {
    try (LocalPostgres postgres =
        LocalPostgres.start(Files.createDirectory(folder.resolve("pg")))) {
      postgres.execute(
          "demo", "create table big as select md5(n::text) from generate_series(1, 20000) n");

      BackupWorld nowhere = new BackupWorld(postgres, folder, small);
      var failed = (BackupFailed) nowhere.attempt(nowhere.demo(), 1);
      assertThat(failed.step()).isEqualTo(BackupStep.DUMP);
      assertThat(failed.reason()).contains("No space left on device");
      assertThat(nowhere.left()).isEmpty();

      BackupWorld noStorage = new BackupWorld(postgres, small, folder.resolve("work"));
      failed = (BackupFailed) noStorage.attempt(noStorage.demo(), 1);
      assertThat(failed.step()).isEqualTo(BackupStep.STORE);
      assertThat(failed.reason()).startsWith("the disk is full, make room");
      assertThat(noStorage.left()).isEmpty();
      assertThat(noStorage.inStorage()).isEmpty();

      BackupWorld roomy = new BackupWorld(postgres, folder);
      assertThat(roomy.attempt(roomy.demo(), 2)).isInstanceOf(BackupVerified.class);
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
