package dev.foldback.engine.mysql.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** An authority and what it signed, made with openssl; files that everybody may read. */
record Certificates(Path folder) {

  static Certificates make(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Certificates made = new Certificates(folder);
    made.authority("ca");
    made.authority("other");
    made.signed("server", "subjectAltName=DNS:localhost,IP:127.0.0.1");
    made.signed("elsewhere", "subjectAltName=DNS:db.example.com");
    made.signed("client", "extendedKeyUsage=clientAuth");
    made.openssl("rsa", "-traditional", "-in", "client.key", "-out", "client-pkcs1.key");
    made.openssl(
        "pkey",
        "-aes256",
        "-passout",
        "pass:hush",
        "-in",
        "client.key",
        "-out",
        "client-locked.key");
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      }
    }
    return made;
  }

  String file(String name) {
    return folder.resolve(name).toString();
  }

  private void authority(String name) throws IOException, InterruptedException {
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=" + name,
        "-keyout",
        name + ".key",
        "-out",
        name + ".pem");
  }

  private void signed(String name, String extension) throws IOException, InterruptedException {
    Files.writeString(folder.resolve(name + ".ext"), extension + "\n");
    openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=the " + name,
        "-keyout",
        name + ".key",
        "-out",
        name + ".csr");
    openssl(
        "x509",
        "-req",
        "-days",
        "2",
        "-in",
        name + ".csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-extfile",
        name + ".ext",
        "-out",
        name + ".pem");
  }

  private void openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
  }
}
