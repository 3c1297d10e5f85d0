package dev.foldback.repository;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What opens sealed objects: one or more age X25519 identities, as age-keygen writes them. */
public final class RecoveryKey {
  private static final int MAX_BYTES = 1 << 20;
  private static final String PREFIX = "AGE-SECRET-KEY-1";
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final List<Secret> identities;
  private final List<String> recipients;
  private final List<Finding> findings;

  private RecoveryKey(List<Secret> identities, List<String> recipients, List<Finding> findings) {
    this.identities = List.copyOf(identities);
    this.recipients = List.copyOf(recipients);
    this.findings = List.copyOf(findings);
  }

  /**
   * Reads an age identity file. Fails with {@code BAD_KEY_FILE}, never showing what the file holds.
   */
  public static RecoveryKey read(Path file) {
    String text = load(file);
    List<Secret> identities = new ArrayList<>();
    List<String> recipients = new ArrayList<>();
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String recipient = recipient(line);
      if (recipient == null) {
        throw bad(file, "line " + number + " " + guess(line), null);
      }
      identities.add(new Secret(line));
      recipients.add(recipient);
    }
    if (identities.isEmpty()) {
      throw bad(file, "it holds no key", null);
    }
    return new RecoveryKey(identities, recipients, permissions(file));
  }

  /** The public keys that belong to the identities. */
  public List<String> recipients() {
    return recipients;
  }

  /** What is odd about the file, such as others being able to read it. */
  public List<Finding> findings() {
    return findings;
  }

  boolean fits(List<String> wanted) {
    return wanted.stream().anyMatch(recipients::contains);
  }

  List<RecipientStanzaReader> readers() {
    List<RecipientStanzaReader> readers = new ArrayList<>();
    for (Secret identity : identities) {
      try {
        readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity.reveal()));
      } catch (GeneralSecurityException e) {
        throw new FoldbackException(
            ErrorCode.INTERNAL, "a checked key was refused", "Report this as a defect.", e);
      }
    }
    return readers;
  }

  /** The public key of an identity, or null where the text is none. */
  private static @Nullable String recipient(String identity) {
    if (!identity.startsWith(PREFIX)) {
      return null;
    }
    try {
      byte[] encoded = identity.getBytes(StandardCharsets.US_ASCII);
      byte[] key =
          new X25519KeyFactory().translateKey(new SecretKeySpec(encoded, "X25519")).getEncoded();
      return new String(key, StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The cause may quote the key, so it must not travel with the error.
      return null;
    }
  }

  private static String load(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw bad(file, "it is far too large for a key", null);
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw bad(file, "there is no such file", e);
    } catch (IOException e) {
      throw bad(file, "it can't be read (" + e.getMessage() + ")", e);
    }
  }

  private static String guess(String line) {
    if (line.startsWith("age1")) {
      return "is a public key; reading needs the secret one";
    }
    if (line.startsWith("age-encryption.org/") || line.contains("BEGIN AGE ENCRYPTED FILE")) {
      return "shows that the file is itself encrypted; decrypt it first with age -d";
    }
    if (line.contains("OPENSSH") || line.startsWith("ssh-")) {
      return "is of an SSH key; Foldback uses age's own keys";
    }
    if (line.startsWith("AGE-PLUGIN-")) {
      return "needs an age plugin, which Foldback can't use";
    }
    return "is not a whole age secret key";
  }

  private static List<Finding> permissions(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        return List.of(
            Finding.warning(
                "KEY_FILE_READABLE",
                file.toString(),
                "others on this host can read the recovery key, and with it every backup",
                "chmod 600 " + file));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // No POSIX permissions here, so nothing can be said about them.
      return List.of();
    }
    return List.of();
  }

  private static FoldbackException bad(Path file, String what, @Nullable Throwable cause) {
    return new FoldbackException(
        ErrorCode.BAD_KEY_FILE,
        "the key file " + file + " can't be used: " + what,
        "Give the file that 'foldback init' or age-keygen wrote: it has a line that begins with "
            + PREFIX
            + ".",
        cause);
  }

  @Override
  public String toString() {
    return "recovery key of " + recipients;
  }
}
