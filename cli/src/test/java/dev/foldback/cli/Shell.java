package dev.foldback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldback.cli.output.Printer;
import dev.foldback.cli.output.Style;
import dev.foldback.cli.output.Terminal;
import dev.foldback.core.Finding;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.RepositoryInfo;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs commands in this process, against fakes, and keeps what they print. */
final class Shell {
  final FakeRepository repository = new FakeRepository();
  final FakeEngine engine = new FakeEngine();
  final Map<String, String> variables = new HashMap<>();
  final List<String> opened = new ArrayList<>();
  final List<Optional<Path>> keys = new ArrayList<>();
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  String answers = "";
  List<Finding> oddities = List.of();
  String storeNote = "";
  boolean terminal;

  Shell(Path folder) {
    this.folder = folder;
  }

  int run(String... args) {
    out.reset();
    err.reset();
    return program().run(args);
  }

  Program program() {
    Environment environment =
        new Environment(
            variables,
            folder,
            folder.resolve("home"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new BufferedReader(new StringReader(answers)),
            terminal ? new Terminal(true, Style.PLAIN, () -> 100) : Terminal.NONE,
            Clock.fixed(Given.NOW, ZoneId.of("Europe/Berlin")));
    return new Program(environment, new Fakes());
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Standard output, a JSON document a line. */
  List<JsonNode> json() {
    ObjectMapper mapper = new ObjectMapper();
    return out()
        .lines()
        .map(
            line -> {
              try {
                return mapper.readTree(line);
              } catch (IOException e) {
                throw new UncheckedIOException(line, e);
              }
            })
        .toList();
  }

  private final class Fakes implements Ports {
    @Override
    public RepositoryInfo init(String location, Optional<Path> keyFile) {
      opened.add(location);
      keys.add(keyFile);
      return new RepositoryInfo(
          "ab".repeat(16),
          1,
          Given.NOW,
          keyFile.isPresent() ? List.of("age1xyz") : List.of(),
          keyFile.isPresent());
    }

    @Override
    public Repository open(
        String location, Optional<Path> keyFile, Printer printer, Consumer<String> storeNotes) {
      opened.add(location);
      keys.add(keyFile);
      oddities.forEach(printer::warning);
      storeNotes.accept(storeNote);
      return repository;
    }

    @Override
    public List<DatabaseEngine> engines() {
      return List.of(engine);
    }

    @Override
    public Endpoint complete(Endpoint endpoint) {
      return endpoint;
    }
  }
}
