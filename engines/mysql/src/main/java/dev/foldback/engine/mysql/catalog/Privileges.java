package dev.foldback.engine.mysql.catalog;

import dev.foldback.engine.mysql.connect.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an account may do, out of the lines of SHOW GRANTS (roles in force included). */
public final class Privileges {

  /**
   * One line that speaks of everything, a schema or a table.
   *
   * @param level {@code *.*}, {@code `schema`.*} or {@code `schema`.`table`} as printed
   * @param option whether the account may give these rights to others
   */
  private record Grant(boolean revoked, Set<String> rights, String level, boolean option) {
    boolean gives(String right) {
      return rights.contains(right) || rights.contains("ALL PRIVILEGES");
    }

    boolean isOnSchemas() {
      return level.endsWith(".*") && !level.equals("*.*");
    }

    boolean isFor(String schema) {
      return isOnSchemas() && pattern().matcher(schema).matches();
    }

    /** A schema's name in a grant is a pattern with % and _, and \ before a plain one. */
    private Pattern pattern() {
      String name = level.substring(1, level.length() - 3).replace("``", "`");
      StringBuilder regex = new StringBuilder();
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if (c == '\\' && i + 1 < name.length()) {
          i++;
          regex.append(Pattern.quote(String.valueOf(name.charAt(i))));
        } else {
          regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
      }
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
  }

  private final List<Grant> grants = new ArrayList<>();

  public Privileges(List<String> lines) {
    lines.forEach(this::add);
  }

  private void add(String line) {
    boolean revoked = line.startsWith("REVOKE ");
    OptionalInt on = SqlText.find(line, " ON ", 0);
    OptionalInt to = SqlText.find(line, revoked ? " FROM " : " TO ", 0);
    if (on.isEmpty() || to.isEmpty() || on.getAsInt() > to.getAsInt()) {
      return;
    }
    String rights = line.substring(line.indexOf(' ') + 1, on.getAsInt());
    grants.add(
        new Grant(
            revoked,
            // Rights on single columns keep their parenthesis and so count for nothing here.
            Stream.of(rights.split(", ?", -1))
                .map(r -> r.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet()),
            line.substring(on.getAsInt() + 4, to.getAsInt()),
            line.substring(to.getAsInt()).contains(" WITH GRANT OPTION")));
  }

  /** Server-wide, whatever was taken back for single schemas. */
  public boolean global(String right) {
    return grants.stream().anyMatch(g -> !g.revoked() && g.level().equals("*.*") && g.gives(right));
  }

  /** Whether some server-wide right may be given to others. */
  public boolean globalWithGrant() {
    return grants.stream().anyMatch(g -> !g.revoked() && g.level().equals("*.*") && g.option());
  }

  /** Whether anything was granted for single schemas. */
  public boolean isOnSchemas() {
    return grants.stream().anyMatch(g -> !g.revoked() && g.isOnSchemas());
  }

  /** On everything in the schema. */
  public boolean on(String schema, String right) {
    boolean taken = grants.stream().anyMatch(g -> g.revoked() && g.isFor(schema) && g.gives(right));
    return (global(right) && !taken)
        || grants.stream().anyMatch(g -> !g.revoked() && g.isFor(schema) && g.gives(right));
  }

  /** On one table. */
  public boolean on(String schema, String table, String right) {
    return on(schema, right)
        || grants.stream()
            .anyMatch(
                g -> !g.revoked() && g.level().equals(Sql.name(schema, table)) && g.gives(right));
  }
}
