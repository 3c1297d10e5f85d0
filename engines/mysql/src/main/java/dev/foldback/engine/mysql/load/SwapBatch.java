package dev.foldback.engine.mysql.load;

import dev.foldback.core.engine.SchemaObject;
import dev.foldback.engine.mysql.connect.Flavor;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that change tables' places, in one request: once the server has it, it runs to its
 * end although the client be killed. Triggers can't go with their tables to another schema, so they
 * are dropped before and made after. MySQL does all of it under a lock of the tables; MariaDB
 * renames no table that is locked, so there the lock is only waited for.
 */
final class SwapBatch {
  private final Swap swap;
  private final Flavor flavor;
  private final ProgramSession session;
  private final ProgramText text;
  private final List<byte[]> statements = new ArrayList<>();

  private SwapBatch(Swap swap, Flavor flavor, ProgramSession session, ProgramText text) {
    this.swap = swap;
    this.flavor = flavor;
    this.session = session;
    this.text = text;
  }

  static RawStatement of(Swap swap, Flavor flavor, ProgramSession session, ProgramText text)
      throws SQLException {
    SwapBatch batch = new SwapBatch(swap, flavor, session, text);
    batch.build();
    return request(batch.statements);
  }

  /** Makes a trigger once more under a lock of its table; nothing follows it in the request. */
  static RawStatement trigger(SchemaObject trigger, ProgramSession session, ProgramText text)
      throws SQLException {
    List<byte[]> all = new ArrayList<>();
    all.add(ProgramSession.utf8("LOCK TABLES " + Swap.name(Kind.table(trigger)) + " WRITE"));
    all.add(ProgramSession.utf8(Swap.drop(trigger)));
    all.addAll(script(trigger, session, text));
    return request(all);
  }

  private static List<byte[]> script(SchemaObject trigger, ProgramSession session, ProgramText text)
      throws SQLException {
    return session.script(trigger.schema(), text.sql(trigger), text.context(trigger));
  }

  private static RawStatement request(List<byte[]> statements) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < statements.size(); i++) {
      byte[] statement = statements.get(i);
      if (i > 0) {
        bytes.write(';');
        bytes.write('\n');
      }
      // One that ends with a semicolon by itself is followed by no empty one.
      int length = statement.length;
      while (i < statements.size() - 1 && length > 0 && isEnd(statement[length - 1])) {
        length--;
      }
      bytes.write(statement, 0, length);
    }
    return new RawStatement(bytes.toByteArray());
  }

  private static boolean isEnd(byte b) {
    return b == ';' || (b >= 0 && b <= ' ');
  }

  private void build() throws SQLException {
    swap.foundTriggers().stream().filter(swap::isApart).forEach(t -> add(Swap.drop(t)));
    together();
    for (Swap.Move move : swap.moves()) {
      if (move.apart()) {
        add(move.rename());
      }
    }
    swap.corrections().forEach(this::add);
    makeTriggers(swap::isApart);
  }

  /** What is renamed at once, under a lock where the server can. */
  private void together() throws SQLException {
    Predicate<SchemaObject> own = trigger -> !swap.isApart(trigger);
    boolean triggers =
        Stream.concat(swap.foundTriggers().stream(), swap.wantedTriggers().stream()).anyMatch(own);
    boolean views = !swap.viewsInTheWay().isEmpty();
    boolean locks = (triggers || !swap.links().isEmpty()) && !views && swap.rename().isPresent();
    if (locks) {
      add(
          "LOCK TABLES "
              + tables().stream().map(t -> t + " WRITE").collect(Collectors.joining(",")));
    }
    swap.links().forEach(link -> add(link.drop()));
    swap.foundTriggers().stream().filter(own).forEach(trigger -> add(Swap.drop(trigger)));
    swap.viewsInTheWay().forEach(view -> add(Swap.drop(view)));
    if (locks && flavor.mariaDb()) {
      add("UNLOCK TABLES");
    }
    swap.rename().ifPresent(this::add);
    makeTriggers(own);
    swap.links().forEach(link -> add(link.add()));
    if (locks && !flavor.mariaDb()) {
      add("UNLOCK TABLES");
    }
  }

  private void makeTriggers(Predicate<SchemaObject> which) throws SQLException {
    for (SchemaObject trigger : swap.wantedTriggers()) {
      // The few others are made right after.
      if (which.test(trigger)
          && !session.needsOtherCollation(trigger.schema(), text.context(trigger))) {
        statements.addAll(script(trigger, session, text));
        statements.add(session.plain());
      }
    }
  }

  private Set<String> tables() {
    Set<String> tables = new LinkedHashSet<>();
    List<Swap.Move> moves = flavor.mariaDb() ? swap.aside() : swap.moves();
    moves.stream()
        .filter(move -> !move.apart())
        .forEach(move -> tables.add(Swap.name(move.from())));
    swap.links().forEach(link -> tables.add(Swap.name(link.child())));
    return tables;
  }

  private void add(String sql) {
    statements.add(ProgramSession.utf8(sql));
  }
}
