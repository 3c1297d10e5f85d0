package dev.foldback.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the real command line, each command in a process of its own as a person would. */
final class Commands {
  private final Path folder;
  private final Story story;
  private final String password;

  Commands(Path folder, Story story, String password) {
    this.folder = folder;
    this.story = story;
    this.password = password;
  }

  boolean run(String... arguments) throws IOException, InterruptedException {
    story.say("$ foldback " + String.join(" ", arguments));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.foldback.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().put("MYSQL_PWD", password);
    return builder.start().waitFor() == 0;
  }
}
