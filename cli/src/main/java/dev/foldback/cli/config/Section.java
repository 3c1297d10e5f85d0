package dev.foldback.cli.config;

import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import dev.foldback.core.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** One mapping of the file whose keys were checked; it reads values by their property. */
final class Section {
  private final YamlText yaml;
  private final Node node;
  private final String what;
  private final Map<String, Node> values;

  Section(YamlText yaml, Node node, String what, List<Property> allowed) {
    this.yaml = yaml;
    this.node = node;
    this.what = what;
    this.values = yaml.mapping(node, what);
    List<String> names = allowed.stream().map(Property::name).toList();
    yaml.rejectUnknown(node, what, names);
  }

  String required(String name) {
    return text(name).orElseThrow(() -> yaml.error(node, "'" + name + "' is missing"));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(this::scalar);
  }

  Optional<Secret> secret(String name) {
    return text(name).map(Secret::new);
  }

  Optional<Path> path(String name) {
    return text(name).map(yaml::path);
  }

  private String scalar(Node value) {
    return yaml.scalar(value, what);
  }

  OptionalInt count(String name) {
    Node value = values.get(name);
    return value == null ? OptionalInt.empty() : OptionalInt.of((int) number(name, value, 4096));
  }

  OptionalLong size(String name) {
    Node value = values.get(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    OptionalLong size = Quantities.size(scalar(value));
    if (size.isEmpty()) {
      throw yaml.error(value, "'" + name + "' is not a size such as 50MiB");
    }
    return size;
  }

  Optional<Duration> duration(String name) {
    Node value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        Quantities.duration(scalar(value))
            .orElseThrow(
                () -> yaml.error(value, "'" + name + "' is not a duration such as 30s or 5m")));
  }

  List<String> patterns(String name) {
    Node value = values.get(name);
    if (value == null) {
      return List.of();
    }
    List<String> patterns = yaml.sequence(value, "'" + name + "'", what);
    try {
      return new Selection(patterns, List.of()).include();
    } catch (FoldbackException e) {
      throw yaml.error(value, "in '" + name + "', " + e.getMessage());
    }
  }

  Map<String, Long> limits(String name) {
    Node value = values.get(name);
    if (value == null) {
      return Map.of();
    }
    return yaml.mapping(value, "'" + name + "'").entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e -> number(e.getKey(), e.getValue(), Long.MAX_VALUE),
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private long number(String name, Node value, long most) {
    String text = scalar(value);
    if (text.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    }
    String range = most == Long.MAX_VALUE ? "from 1" : "from 1 to " + most;
    throw yaml.error(value, "'" + name + "' must be a whole number " + range);
  }
}
