package dev.foldback.cli.config;

import dev.foldback.cli.config.Interpolation.Unresolved;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML file as nodes that know their lines, so that every complaint names one. */
final class YamlText {
  private final Path file;
  private final Interpolation interpolation;
  private final Interpolation.Paths paths;

  YamlText(Path file, Interpolation interpolation, Interpolation.Paths paths) {
    this.file = file;
    this.interpolation = interpolation;
    this.paths = paths;
  }

  Optional<Node> parse(String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      // The exception's own message quotes the line, which may hold a password.
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw error(line, "this is not YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw error(1, "this is not YAML", e);
    }
  }

  Map<String, Node> mapping(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, what + " must hold keys with values");
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw error(tuple.getKeyNode(), "a key must be a plain word");
      }
      if (values.put(key.getValue(), tuple.getValueNode()) != null) {
        throw error(key, "'" + key.getValue() + "' is there twice");
      }
    }
    return values;
  }

  void rejectUnknown(Node node, String what, List<String> allowed) {
    if (!(node instanceof MappingNode mapping)) {
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && !allowed.contains(key.getValue())) {
        String name = key.getValue();
        throw error(key, "unknown key '" + name + "' in " + what + Nearest.question(name, allowed));
      }
    }
  }

  /**
   * A value's text, references filled in.
   *
   * @param where it stands, such as {@code source 'shop'}
   */
  String scalar(Node node, String where) {
    if (!(node instanceof ScalarNode scalar)) {
      throw error(node, "a single value belongs here");
    }
    try {
      return interpolation.fill(scalar.getValue());
    } catch (Unresolved e) {
      throw error(line(node), where + ": " + e.getMessage(), e);
    }
  }

  List<String> sequence(Node node, String what, String where) {
    if (!(node instanceof SequenceNode sequence)) {
      throw error(node, what + " must be a list");
    }
    return sequence.getValue().stream().map(value -> scalar(value, where)).toList();
  }

  Path path(String text) {
    return paths.resolve(text);
  }

  FoldbackException error(Node node, String problem) {
    return error(line(node), problem, null);
  }

  private FoldbackException error(int line, String problem, @Nullable Throwable cause) {
    return new FoldbackException(
        ErrorCode.BAD_CONFIGURATION,
        file + ", line " + line + ": " + problem,
        "Correct that line. docs/foldback.schema.json describes every key, for your editor too.",
        cause);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
