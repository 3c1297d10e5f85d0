package dev.foldback.cli;

import dev.foldback.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The world around the program, so that tests can give another.
 *
 * @param folder the current folder, absolute
 * @param clock its zone is that of the person
 * @param answers where a person's answers are read from
 */
record Environment(
    Map<String, String> variables,
    Path folder,
    Path home,
    PrintStream out,
    PrintStream err,
    BufferedReader answers,
    Terminal terminal,
    Clock clock) {}
