package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a catalogue's statements one after the other on an empty server, as the text says. */
final class Replayer {
  private static final Set<String> ACCOUNTS = Set.of("user", "role", "grant", "default_role");

  private final Connection connection;
  private final Set<String> existingAccounts;
  private final String self;
  private final List<String> failures = new ArrayList<>();

  /**
   * @param existing accounts {@code user@host} that are there already and are left alone
   * @param self the account that replays
   */
  Replayer(Connection connection, Set<String> existing, String self) {
    this.connection = connection;
    this.existingAccounts = existing;
    this.self = self;
  }

  /** What failed, as label and message. */
  List<String> run(List<SchemaObject> objects) throws SQLException {
    execute("SET SESSION foreign_key_checks = 0, session_track_system_variables = ''");
    for (SchemaObject object : objects) {
      if (!isThere(object)) {
        try {
          create(object);
        } catch (SQLException e) {
          failures.add(object.label() + ": " + e.getMessage() + "\n" + object.definition());
        }
      }
    }
    for (SchemaObject object : objects) {
      if (object.context().containsKey(Context.READ_ONLY)) {
        execute("ALTER DATABASE " + Sql.name(object.name()) + " READ ONLY = 1");
      }
    }
    return failures;
  }

  private boolean isThere(SchemaObject object) {
    boolean account = ACCOUNTS.contains(object.kind()) && existingAccounts.contains(object.name());
    return account
        || (object.kind().equals("schema") && object.name().equals("test"))
        || List.of(object.context().getOrDefault(Context.UNLESS_ACCOUNT, "").split("\n", -1))
            .contains(self);
  }

  private void create(SchemaObject object) throws SQLException {
    if (!object.schema().isEmpty() && !object.kind().equals("schema")) {
      execute("USE " + Sql.name(object.schema()));
    }
    Map<String, String> context = object.context();
    for (String variable :
        List.of(
            Context.SQL_MODE,
            Context.TIME_ZONE,
            Context.CHARACTER_SET_CLIENT,
            Context.COLLATION_CONNECTION)) {
      String value = context.get(variable);
      if (value != null) {
        execute("SET SESSION " + variable + " = " + Sql.text(value));
      }
    }
    try {
      execute(object.definition());
    } finally {
      execute("SET NAMES utf8mb4");
      execute("SET SESSION time_zone = '+00:00', sql_mode = ''");
    }
    if (object.kind().equals("sequence")) {
      execute(
          "SELECT SETVAL("
              + Sql.name(object.schema(), object.name())
              + ", "
              + context.get(Context.NEXT_VALUE)
              + ", 0, "
              + context.get(Context.CYCLE_COUNT)
              + ")");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
