package dev.foldback.repository;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Seals payloads to age recipients, and opens them. */
final class Envelope {
  private static final int CHUNK = 64 << 10;
  private static final int TAG = 16;

  /** Bytes of the version line, the line of the header's MAC, and the payload's nonce. */
  private static final int HEADER = 22 + 48 + 16;

  /** Bytes of one X25519 recipient's two lines. */
  private static final int STANZA = 54 + 44;

  private Envelope() {}

  static List<RecipientStanzaWriter> writers(List<String> recipients) {
    List<RecipientStanzaWriter> writers = new ArrayList<>();
    for (String recipient : recipients) {
      try {
        writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw Damage.manifest(Keys.REPOSITORY, "a recipient is not an age public key", e);
      }
    }
    return writers;
  }

  /** The bytes to store: an age file of the payload, or a copy of it where nothing is sealed. */
  static byte[] seal(byte[] payload, int length, List<RecipientStanzaWriter> recipients) {
    if (recipients.isEmpty()) {
      return Arrays.copyOf(payload, length);
    }
    int chunks = Math.max(1, Math.ceilDiv(length, CHUNK));
    Collected out =
        new Collected(Math.addExact(length, chunks * TAG + HEADER + STANZA * recipients.size()));
    try (WritableByteChannel channel =
        new StandardEncryptingChannelFactory().newEncryptingChannel(out, recipients)) {
      ByteBuffer source = ByteBuffer.wrap(payload, 0, length);
      while (source.hasRemaining()) {
        channel.write(source);
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new FoldbackException(
          ErrorCode.INTERNAL, "sealing failed; nothing was stored", "Report this as a defect.", e);
    }
    return out.length == out.bytes.length ? out.bytes : Arrays.copyOf(out.bytes, out.length);
  }

  /** The payload of a stored object whose bytes have been checked. */
  static Payload open(String object, byte[] stored, List<RecipientStanzaReader> identities) {
    byte[] result = new byte[stored.length];
    int length = 0;
    try (ReadableByteChannel channel =
        new StandardDecryptingChannelFactory()
            .newDecryptingChannel(
                Channels.newChannel(new ByteArrayInputStream(stored)), identities)) {
      ByteBuffer target = ByteBuffer.wrap(result);
      while (target.hasRemaining() && channel.read(target) >= 0) {
        length = target.position();
      }
    } catch (UnsupportedRecipientStanzaException e) {
      // The key is one of the repository's, so what it does not open is not the repository's.
      throw Damage.object(object, "it is sealed to another key than the repository's", e);
    } catch (GeneralSecurityException | IOException e) {
      throw Damage.object(object, "its age envelope can't be opened", e);
    }
    return new Payload(result, length);
  }

  private static final class Collected implements WritableByteChannel {
    private byte[] bytes;
    private int length;

    Collected(int capacity) {
      bytes = new byte[capacity];
    }

    @Override
    public int write(ByteBuffer source) {
      int more = source.remaining();
      if (more > bytes.length - length) {
        bytes = Arrays.copyOf(bytes, Math.addExact(length, more) + CHUNK);
      }
      source.get(bytes, length, more);
      length += more;
      return more;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
