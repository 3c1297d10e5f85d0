package dev.foldback.engine.mysql.ddl;

import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.ddl.DdlStatement.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at the first words of a statement, and for names in the rest. */
final class DdlParser {
  private static final Set<String> PROGRAMS =
      Set.of("VIEW", "PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE", "LIBRARY");
  private static final Set<String> ACCOUNTS = Set.of("USER", "ROLE");
  private static final Set<String> UPKEEP =
      Set.of("ANALYZE", "OPTIMIZE", "REPAIR", "CHECK", "CHECKSUM", "FLUSH", "RESET", "CACHE");
  private static final Set<String> OF_PARTS =
      Set.of("DROP", "TRUNCATE", "EXCHANGE", "DISCARD", "IMPORT", "CONVERT");
  private static final Set<String> PARTS =
      Set.of("PARTITION", "SUBPARTITION", "TABLESPACE", "TABLE");
  private static final Set<String> NOT_A_COLUMN =
      Set.of(
          "INDEX",
          "KEY",
          "CONSTRAINT",
          "PRIMARY",
          "UNIQUE",
          "FOREIGN",
          "FULLTEXT",
          "SPATIAL",
          "VECTOR",
          "CHECK",
          "PARTITION");
  private static final Set<String> NOT_A_TABLE = Set.of("COLUMN", "INDEX", "KEY", "CONSTRAINT");

  private final List<Token> words;
  private final String schema;
  private final List<TableName> names = new ArrayList<>();
  private final List<TableName> targets = new ArrayList<>();
  private int at;
  private boolean replaces;
  private boolean movesRows;
  private boolean changesColumns;
  private boolean ignores;

  DdlParser(String sql, String sqlMode, String schema) {
    this.words = words(sql, sqlMode);
    this.schema = schema;
  }

  /** Those that a server acts on; what encloses versioned comments is left out. */
  static List<Token> words(String sql, String sqlMode) {
    return Lexer.tokens(sql, sqlMode).stream()
        .filter(Token::matters)
        .filter(
            t -> t.kind() != Token.Kind.VERSIONED_OPEN && t.kind() != Token.Kind.VERSIONED_CLOSE)
        .toList();
  }

  DdlStatement parse() {
    Kind kind = kind();
    return new DdlStatement(
        kind, names, targets, mentions(), replaces, movesRows, changesColumns, ignores);
  }

  private Kind kind() {
    if (take("CREATE")) {
      return create();
    }
    if (take("ALTER")) {
      return alter();
    }
    if (take("DROP")) {
      return drop();
    }
    if (take("RENAME")) {
      if (take("USER")) {
        return Kind.ACCOUNT;
      }
      return take("TABLE") || take("TABLES") ? renames() : Kind.OTHER;
    }
    if (take("TRUNCATE")) {
      take("TABLE");
      name();
      return Kind.TRUNCATE_TABLE;
    }
    if (is(0, "DELETE") && is(1, "HISTORY")) {
      at += 3;
      name();
      return Kind.DELETE_HISTORY;
    }
    if (is(0, "GRANT") || is(0, "REVOKE")) {
      return Kind.ACCOUNT;
    }
    if (is(0, "SET") && (is(1, "PASSWORD") || is(1, "DEFAULT") || is(1, "ROLE"))) {
      return Kind.ACCOUNT;
    }
    if (is(0, "INSTALL") || is(0, "UNINSTALL")) {
      return Kind.SERVER;
    }
    return !words.isEmpty() && words.get(0).isAny(UPKEEP) ? Kind.MAINTENANCE : Kind.OTHER;
  }

  private Kind create() {
    if (take("OR")) {
      at++;
      replaces = true;
    }
    attributes();
    if (take("TEMPORARY")) {
      return Kind.MAINTENANCE;
    }
    if (take("TABLE")) {
      exists();
      name();
      return Kind.CREATE_TABLE;
    }
    if (take("DATABASE") || take("SCHEMA")) {
      exists();
      schemaName();
      return Kind.CREATE_SCHEMA;
    }
    return isIndex() ? index() : others();
  }

  private Kind alter() {
    attributes();
    if (take("IGNORE")) {
      movesRows = true;
      ignores = true;
    }
    if (take("TABLE")) {
      exists();
      name();
      alterations();
      return Kind.ALTER_TABLE;
    }
    if (take("DATABASE") || take("SCHEMA")) {
      schemaName();
      return Kind.ALTER_SCHEMA;
    }
    return others();
  }

  private Kind drop() {
    if (take("TEMPORARY")) {
      return Kind.MAINTENANCE;
    }
    if (take("PREPARE")) {
      return Kind.MAINTENANCE;
    }
    if (take("TABLE") || take("TABLES")) {
      exists();
      names();
      return Kind.DROP_TABLE;
    }
    if (take("DATABASE") || take("SCHEMA")) {
      exists();
      schemaName();
      return Kind.DROP_SCHEMA;
    }
    return take("INDEX") ? index() : others();
  }

  /** {@code INDEX name … ON table}. */
  private Kind index() {
    while (at < words.size() && !words.get(at).is("ON")) {
      at++;
    }
    at++;
    name();
    return Kind.ALTER_TABLE;
  }

  private boolean isIndex() {
    int i = at;
    while (i < words.size() && words.get(i).isAny(Set.of("UNIQUE", "FULLTEXT", "SPATIAL"))) {
      i++;
    }
    boolean found =
        (i < words.size() && words.get(i).is("INDEX"))
            || (i + 1 < words.size() && words.get(i).is("VECTOR") && words.get(i + 1).is("INDEX"));
    if (found) {
      at = i;
    }
    return found;
  }

  private Kind others() {
    if (take("SEQUENCE")) {
      exists();
      names();
      return Kind.SEQUENCE;
    }
    if (at < words.size() && words.get(at).isAny(ACCOUNTS)) {
      return Kind.ACCOUNT;
    }
    boolean loadable = words.stream().anyMatch(w -> w.is("SONAME"));
    if (at < words.size() && words.get(at).isAny(PROGRAMS) && !loadable) {
      return Kind.PROGRAM;
    }
    return Kind.SERVER;
  }

  private Kind renames() {
    exists();
    do {
      name();
      while (at < words.size() && !words.get(at).is("TO")) {
        at++;
      }
      at++;
      target();
    } while (symbol(','));
    return Kind.RENAME_TABLE;
  }

  /** What an ALTER TABLE does beyond its columns. */
  private void alterations() {
    int depth = 0;
    for (int i = at; i < words.size(); i++) {
      Token word = words.get(i);
      if (word.isSymbol('(')) {
        depth++;
      } else if (word.isSymbol(')')) {
        depth--;
      }
      if (depth > 0 || i + 1 >= words.size()) {
        continue;
      }
      Token next = words.get(i + 1);
      changesColumns |= isOfColumn(word, next);
      boolean begins = i == at || words.get(i - 1).isSymbol(',') || words.get(i - 1).is("IGNORE");
      if (begins && word.isAny(OF_PARTS) && next.isAny(PARTS)) {
        movesRows = true;
      } else if (begins && word.is("RENAME") && !next.isAny(NOT_A_TABLE)) {
        at = next.is("TO") || next.is("AS") || next.isSymbol('=') ? i + 2 : i + 1;
        target();
        i = at - 1;
      }
    }
  }

  /** In doubt it is: a copy converted in vain costs time alone. */
  private static boolean isOfColumn(Token word, Token next) {
    boolean added = (word.is("ADD") || word.is("DROP")) && !next.isAny(NOT_A_COLUMN);
    return added || word.is("CHANGE") || (word.is("RENAME") && next.is("COLUMN"));
  }

  /** What may stand between the verb and the kind. */
  private void attributes() {
    while (at < words.size()) {
      if (take("DEFINER")) {
        symbol('=');
        at++;
        if (symbol('@')) {
          at++;
        } else if (symbol('(')) {
          at++;
        }
      } else if (take("ALGORITHM")) {
        symbol('=');
        at++;
      } else if (is(0, "SQL") && is(1, "SECURITY")) {
        at += 3;
      } else if (!take("ONLINE") && !take("OFFLINE") && !take("AGGREGATE") && !take("UNDO")) {
        return;
      }
    }
  }

  private void exists() {
    if (take("IF")) {
      take("NOT");
      take("EXISTS");
    }
  }

  private void names() {
    do {
      name();
    } while (symbol(','));
  }

  private void name() {
    names.add(tableName());
  }

  private void target() {
    targets.add(tableName());
  }

  private void schemaName() {
    boolean written =
        at < words.size()
            && !words.get(at).isAny(Set.of("CHARACTER", "CHARSET", "COLLATE", "DEFAULT"));
    String name = written ? words.get(at++).name() : schema;
    names.add(new TableName(name, name));
  }

  private TableName tableName() {
    if (at >= words.size()) {
      return new TableName(schema, "");
    }
    String first = words.get(at++).name();
    if (symbol('.') && at < words.size()) {
      return new TableName(first, words.get(at++).name());
    }
    return new TableName(schema, first);
  }

  private Set<TableName> mentions() {
    Set<TableName> all = new HashSet<>();
    for (int i = 0; i < words.size(); i++) {
      if (isName(i)) {
        all.add(new TableName(schema, words.get(i).name()));
        if (i + 2 < words.size() && words.get(i + 1).isSymbol('.') && isName(i + 2)) {
          all.add(new TableName(words.get(i).name(), words.get(i + 2).name()));
        }
      }
    }
    return all;
  }

  private boolean isName(int i) {
    Token.Kind kind = words.get(i).kind();
    return kind == Token.Kind.NAME || kind == Token.Kind.WORD;
  }

  private boolean is(int offset, String word) {
    return at + offset < words.size() && words.get(at + offset).is(word);
  }

  private boolean take(String word) {
    boolean found = is(0, word);
    if (found) {
      at++;
    }
    return found;
  }

  private boolean symbol(char symbol) {
    boolean found = at < words.size() && words.get(at).isSymbol(symbol);
    if (found) {
      at++;
    }
    return found;
  }
}
