package dev.foldback.cli.config;

import dev.foldback.cli.config.Configuration.RepositoryEntry;
import dev.foldback.cli.config.Configuration.SourceEntry;
import dev.foldback.cli.config.Configuration.Tuning;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the text of a {@code foldback.yaml}. */
final class ConfigurationReader {
  private final Path file;
  private final YamlText yaml;

  private ConfigurationReader(Path file, Map<String, String> variables, Path home) {
    this.file = file;
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    Interpolation.Paths paths = new Interpolation.Paths(folder, home);
    this.yaml = new YamlText(file, new Interpolation(variables, paths), paths);
  }

  static Configuration read(Path file, String text, Map<String, String> variables, Path home) {
    return new ConfigurationReader(file, variables, home).read(text);
  }

  private Configuration read(String text) {
    Node root = yaml.parse(text).orElse(null);
    if (root == null) {
      return new Configuration(
          Optional.of(file),
          Optional.empty(),
          Tuning.NONE,
          new Entries<>(),
          new Entries<>(),
          new Entries<>());
    }
    Map<String, Node> sections = yaml.mapping(root, "the file");
    yaml.rejectUnknown(root, "the file", Properties.SECTIONS);
    Node defaults = sections.get("defaults");
    Entries<RepositoryEntry> repositories = repositories(sections.get("repositories"));
    Optional<String> repository = Optional.empty();
    Tuning tuning = Tuning.NONE;
    if (defaults != null) {
      Section section = new Section(yaml, defaults, "defaults", Properties.DEFAULTS);
      repository = repository(section, defaults, repositories);
      tuning = tuning(section);
    }
    return new Configuration(
        Optional.of(file),
        repository,
        tuning,
        repositories,
        sources(sections.get("sources"), repositories),
        homes(sections.get("sources"), repositories));
  }

  private Entries<RepositoryEntry> repositories(@Nullable Node node) {
    Entries<RepositoryEntry> entries = new Entries<>();
    if (node != null) {
      yaml.mapping(node, "repositories")
          .forEach(
              (name, value) -> {
                Section section =
                    new Section(yaml, value, "repository '" + name + "'", Properties.REPOSITORIES);
                entries.add(
                    name,
                    () -> new RepositoryEntry(section.required("url"), section.path("key-file")));
              });
    }
    return entries;
  }

  private Entries<SourceEntry> sources(@Nullable Node node, Entries<RepositoryEntry> repositories) {
    Entries<SourceEntry> entries = new Entries<>();
    if (node != null) {
      yaml.mapping(node, "sources")
          .forEach((name, value) -> entries.add(name, () -> source(name, value, repositories)));
    }
    return entries;
  }

  private Entries<Optional<String>> homes(
      @Nullable Node node, Entries<RepositoryEntry> repositories) {
    Entries<Optional<String>> entries = new Entries<>();
    if (node != null) {
      yaml.mapping(node, "sources")
          .forEach(
              (name, value) ->
                  entries.add(name, () -> repository(section(name, value), value, repositories)));
    }
    return entries;
  }

  private Section section(String name, Node node) {
    return new Section(yaml, node, "source '" + name + "'", Properties.SOURCES);
  }

  private SourceEntry source(String name, Node node, Entries<RepositoryEntry> repositories) {
    try {
      new SourceName(name);
    } catch (FoldbackException e) {
      throw yaml.error(node, e.getMessage() + "; " + e.hint());
    }
    Section section = section(name, node);
    return new SourceEntry(
        section.required("url"),
        section.secret("password"),
        repository(section, node, repositories),
        section.patterns("include"),
        section.patterns("exclude"),
        tuning(section));
  }

  private Optional<String> repository(
      Section section, Node node, Entries<RepositoryEntry> repositories) {
    Optional<String> name = section.text("repository");
    name.filter(n -> !repositories.names().contains(n))
        .ifPresent(
            n -> {
              List<String> known = List.copyOf(repositories.names());
              throw yaml.error(
                  node,
                  "there is no repository '" + n + "' in this file" + Nearest.question(n, known));
            });
    return name;
  }

  private static Tuning tuning(Section section) {
    return new Tuning(
        section.count("threads"),
        section.size("max-rate"),
        section.limits("max-load"),
        section.duration("lock-wait"));
  }
}
