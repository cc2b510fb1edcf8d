package io.echopilot.backup.postgres;

import io.echopilot.events.BackupEvent.QueryProof;
import io.echopilot.events.BackupEvent.TableProof;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a database holds: each table of the owner with its count of rows and a fingerprint, and what
 * the owner's queries answer.
 *
 * <p>The fingerprint is the sum of the first 64 bits, and that of the second 64 bits, of the MD5 of
 * each row's text, as signed numbers of any size. So the order of the rows does not matter, while a
 * changed value, a missing row and a doubled row each change it. It finds accidents; it is no
 * signature.
 *
 * <p>Not in it: sequences, large objects, materialized views, and what belongs to extensions.
 */
public record Contents(List<TableProof> tables, List<QueryProof> queries) {
  /** Names come back quoted where they need it. */
  private static final String TABLES =
      """
      select format('%I.%I', n.nspname, c.relname)
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and c.relpersistence <> 't'
        and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
        and not exists (select from pg_catalog.pg_depend d
          where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      order by n.nspname collate "C", c.relname collate "C"
      """;

  public Contents {
    tables = List.copyOf(tables);
    queries = List.copyOf(queries);
  }

  /** The owner's tables, as SQL names them. */
  static List<String> tables(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /**
   * Reads it within the connection's transaction.
   *
   * @param queries of the owner; each sees the schemas that the role sees by default
   */
  public static Contents read(Connection connection, List<String> queries) throws SQLException {
    List<QueryProof> answers = new ArrayList<>();
    for (String query : queries) {
      answers.add(new QueryProof(query, answer(connection, query)));
    }
    List<TableProof> proofs = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local search_path = pg_catalog");
      for (String table : tables(connection)) {
        try (ResultSet row = statement.executeQuery(fingerprint(table))) {
          row.next();
          proofs.add(new TableProof(table, row.getLong(1), row.getString(2)));
        }
      }
    }
    return new Contents(proofs, answers);
  }

  /** A table's own column may have any name, so the row is built of all of them. */
  private static String fingerprint(String table) {
    return """
    select count(*),
      coalesce(sum(('x' || substr(hash, 1, 16))::bit(64)::bigint), 0)
        || ':' || coalesce(sum(('x' || substr(hash, 17, 16))::bit(64)::bigint), 0)
    from (select md5(row(held.*)::text) as hash from only %s as held) as rows
    """
        .formatted(table);
  }

  private static String answer(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "no row";
    }
  }
}
