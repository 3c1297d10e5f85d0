package dev.foldback.core.fold;

import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.log.RowImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A table as a plain list of rows, which changes it at random and tells a fold of each change. Rows
 * are kept in the key's order where it has one.
 */
final class TableModel {
  /** Kinds of tables. */
  @SuppressWarnings("ImmutableEnumChecker") // nothing changes a definition
  enum Shape {
    NUMBER(List.of("id"), "id int", "v varchar(200)", "w int"),
    TEXT(List.of("id"), "v varchar(200)", "id varchar(20)", "w int"),
    COMPOSITE(List.of("b", "a"), "a int", "v varchar(200)", "b binary(2)", "w int"),
    ADJOINING(List.of("a", "b"), "w int", "a int", "b datetime", "v varchar(200)"),
    NONE(List.of(), "a int", "v varchar(200)", "w int");

    private final TableDefinition table;

    Shape(List<String> key, String... columns) {
      table = Rows.table("t", key, columns);
    }

    boolean ordered() {
      return switch (this) {
        case NUMBER, COMPOSITE, ADJOINING -> true;
        case TEXT, NONE -> false;
      };
    }
  }

  private static final String[] ODD = {"", "\\N", "\\\\", "a\\tb", "line\\nbreak", "\\0", "é", "-"};

  private final Shape shape;
  private final Random random;
  private final Fold fold;
  private final int width;
  private final List<Integer> key;
  private final boolean sparse;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * @param sparse whether images leave out what they may
   */
  TableModel(Shape shape, boolean sparse, Random random, Fold fold) {
    this.shape = shape;
    this.random = random;
    this.fold = fold;
    this.width = shape.table.columns().size();
    List<String> names = shape.table.columns().stream().map(c -> c.name()).toList();
    this.key = shape.table.key().stream().map(names::indexOf).toList();
    this.sparse = sparse;
  }

  TableDefinition table() {
    return shape.table;
  }

  /** As a server would give them. */
  List<String> rows() {
    Comparator<String[]> order =
        (a, b) -> {
          for (int c : key) {
            boolean number = shape.table.columns().get(c).type().equals("int");
            int found =
                number
                    ? Long.compare(Long.parseLong(a[c]), Long.parseLong(b[c]))
                    : a[c].compareTo(b[c]);
            if (found != 0) {
              return found;
            }
          }
          return 0;
        };
    List<String> texts = new ArrayList<>();
    rows.stream().sorted(order).forEach(row -> texts.add(String.join("\t", row)));
    return texts;
  }

  /** The snapshot's rows. */
  void begin(int count) {
    for (int i = 0; i < count; i++) {
      String[] row = fresh();
      if (find(row) < 0) {
        rows.add(row);
      }
    }
  }

  /** One statement. */
  void step() {
    int what = random.nextInt(100);
    if (what == 0 && random.nextInt(40) == 0) {
      rows.clear();
      fold.forget(shape.table.name());
    } else if (what < 25 || rows.isEmpty()) {
      insert();
    } else if (what < 45) {
      int i = random.nextInt(rows.size());
      fold.delete(shape.table, before(rows.get(i)));
      rows.remove(i);
    } else if (what < 80 || key.isEmpty()) {
      update(random.nextInt(rows.size()), false);
    } else if (what < 92) {
      update(random.nextInt(rows.size()), true);
    } else {
      swap();
    }
  }

  private void insert() {
    String[] row = fresh();
    if (key.isEmpty() || find(row) < 0) {
      rows.add(row);
      fold.insert(shape.table, Rows.image(row));
    }
  }

  private void update(int index, boolean newKey) {
    String[] old = rows.get(index);
    String[] row = fresh();
    for (int c = 0; c < width; c++) {
      if (key.contains(c) ? !newKey : random.nextInt(3) == 0) {
        row[c] = old[c];
      } else if (!key.contains(c) && random.nextInt(3) == 0 && old[c].length() < 150) {
        row[c] = old[c] + row[c];
      }
    }
    if (key.isEmpty() || find(row) < 0 || !newKey) {
      change(index, row);
    }
  }

  /** Two rows get each other's key, by way of a third. */
  private void swap() {
    int a = random.nextInt(rows.size());
    int b = random.nextInt(rows.size());
    String[] free = fresh();
    if (a == b || find(free) >= 0) {
      return;
    }
    String[] keyOfA = rows.get(a).clone();
    String[] keyOfB = rows.get(b).clone();
    change(a, withKey(rows.get(a), free));
    change(b, withKey(rows.get(b), keyOfA));
    change(a, withKey(rows.get(a), keyOfB));
  }

  private String[] withKey(String[] row, String[] other) {
    String[] made = row.clone();
    key.forEach(c -> made[c] = other[c]);
    return made;
  }

  private void change(int index, String[] row) {
    String[] old = rows.get(index);
    fold.update(shape.table, before(old), after(old, row));
    rows.set(index, row);
  }

  private RowImage before(String[] row) {
    String[] image = row.clone();
    for (int c = 0; c < width && sparse && !key.isEmpty(); c++) {
      if (!key.contains(c)) {
        image[c] = Rows.ABSENT;
      }
    }
    return Rows.image(image);
  }

  private RowImage after(String[] old, String[] row) {
    String[] image = row.clone();
    // Now and then a whole one among them.
    boolean leavesOut = sparse && random.nextInt(8) > 0;
    for (int c = 0; c < width && leavesOut; c++) {
      if (old[c].equals(row[c])) {
        image[c] = Rows.ABSENT;
      } else if (!key.contains(c) && row[c].startsWith(old[c])) {
        image[c] = AppendingEdits.of(row[c].substring(old[c].length()));
      }
    }
    return Rows.image(image);
  }

  private int find(String[] row) {
    for (int i = 0; i < rows.size() && !key.isEmpty(); i++) {
      String[] other = rows.get(i);
      if (key.stream().allMatch(c -> other[c].equals(row[c]))) {
        return i;
      }
    }
    return -1;
  }

  private String[] fresh() {
    String[] row = new String[width];
    for (int c = 0; c < width; c++) {
      String type = shape.table.columns().get(c).type();
      boolean small = key.isEmpty();
      row[c] =
          switch (type) {
            case "int" -> Integer.toString(random.nextInt(small ? 4 : 3000) - (small ? 2 : 700));
            case "varchar(20)" -> "k" + random.nextInt(3000);
            case "binary(2)" ->
                "" + (char) ('a' + random.nextInt(4)) + (char) ('A' + random.nextInt(9));
            case "datetime" -> "2026-01-%02d 00:00:00".formatted(1 + random.nextInt(28));
            default -> text(small);
          };
    }
    return row;
  }

  private String text(boolean small) {
    if (small || random.nextInt(4) == 0) {
      return ODD[random.nextInt(ODD.length)];
    }
    int length = random.nextInt(60) == 0 ? 6000 : random.nextInt(120);
    return Character.toString('a' + random.nextInt(26)).repeat(length);
  }
}
