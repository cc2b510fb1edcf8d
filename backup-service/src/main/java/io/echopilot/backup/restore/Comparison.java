package io.echopilot.backup.restore;

import io.echopilot.backup.postgres.Contents;
import io.echopilot.events.BackupEvent.QueryProof;
import io.echopilot.events.BackupEvent.TableProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What differs between what was dumped and what was restored. */
final class Comparison {
  private Comparison() {}

  /** One sentence for each difference; empty when there is none. */
  static List<String> differences(Contents dumped, Contents restored) {
    List<String> findings = new ArrayList<>();
    Map<String, TableProof> there =
        restored.tables().stream()
            .collect(
                Collectors.toMap(
                    TableProof::table, Function.identity(), (first, _) -> first, TreeMap::new));
    for (TableProof table : dumped.tables()) {
      TableProof found = there.remove(table.table());
      if (found == null) {
        findings.add("table %s was not restored".formatted(table.table()));
      } else if (found.rows() != table.rows()) {
        findings.add(
            "table %s has %d rows, and %d were dumped"
                .formatted(table.table(), found.rows(), table.rows()));
      } else if (!found.fingerprint().equals(table.fingerprint())) {
        findings.add(
            "table %s has other content than was dumped: its fingerprint is %s, and was %s"
                .formatted(table.table(), found.fingerprint(), table.fingerprint()));
      }
    }
    there.keySet().forEach(name -> findings.add("table %s was not dumped".formatted(name)));
    for (int i = 0; i < dumped.queries().size(); i++) {
      QueryProof asked = dumped.queries().get(i);
      String answer = restored.queries().get(i).result();
      if (!answer.equals(asked.result())) {
        findings.add(
            "query \"%s\" answers %s, and %s when dumped"
                .formatted(asked.query(), answer, asked.result()));
      }
    }
    return findings;
  }
}
