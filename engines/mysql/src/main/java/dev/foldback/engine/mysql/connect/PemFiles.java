package dev.foldback.engine.mysql.connect;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and keys from the PEM files that the servers' own clients take. A key may be PKCS #8
 * of any kind that Java knows, or RSA in PKCS #1, which MySQL makes.
 */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----(.+?)-----END", Pattern.DOTALL);

  /** PKCS #8 before the length of the key: version 0, algorithm rsaEncryption. */
  private static final byte[] RSA_HEAD =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private PemFiles() {}

  /** Who is trusted: these authorities, or those that Java knows where none are given. */
  static List<TrustManager> trust(@Nullable Path authorities) {
    try {
      KeyStore store = null;
      if (authorities != null) {
        store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate authority : chain(authorities)) {
          store.setCertificateEntry("authority " + store.size(), authority);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return List.of(factory.getTrustManagers());
    } catch (IOException | GeneralSecurityException e) {
      throw bad(
          "no authority's certificate can be read from "
              + (authorities == null ? "Java's own store" : authorities),
          "Give a PEM file with ssl-ca.",
          e);
    }
  }

  /** How the client proves who it is. */
  static List<KeyManager> identity(Path certificate, Path key) {
    try {
      List<Certificate> chain = chain(certificate);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("client", key(key), new char[0], chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return List.of(factory.getKeyManagers());
    } catch (IOException | GeneralSecurityException e) {
      throw bad(
          "the client certificate " + certificate + " can't be used with the key " + key,
          "Check that both are PEM files of one pair.",
          e);
    }
  }

  private static List<Certificate> chain(Path file) throws IOException, GeneralSecurityException {
    List<Certificate> chain =
        List.copyOf(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("no certificate");
    }
    return chain;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new GeneralSecurityException("no private key");
    }
    String kind = pem.group(1).strip();
    boolean plain = kind.isEmpty() || (kind.equals("RSA") && !pem.group(2).contains("DEK-Info"));
    if (!plain) {
      throw bad(
          "the key " + file + " is encrypted or of a kind that can't be read",
          "Write it as plain PKCS #8, readable by you alone: umask 077; openssl pkey -in "
              + file
              + " -out plain.key",
          null);
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
    return decoded(kind.isEmpty() ? der : wrapped(der));
  }

  private static PrivateKey decoded(byte[] pkcs8) throws GeneralSecurityException {
    GeneralSecurityException last = new GeneralSecurityException("no kind of key");
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        last = e;
      }
    }
    throw last;
  }

  private static byte[] wrapped(byte[] pkcs1) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA_HEAD);
    inner.writeBytes(tagged(0x04, pkcs1));
    return tagged(0x30, inner.toByteArray());
  }

  /** DER's tag, length and value. */
  private static byte[] tagged(int tag, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (value.length < 128) {
      out.write(value.length);
    } else {
      out.write(0x82);
      out.write(value.length >> 8);
      out.write(value.length);
    }
    out.writeBytes(value);
    return out.toByteArray();
  }

  private static FoldbackException bad(String message, String hint, @Nullable Throwable cause) {
    return new FoldbackException(ErrorCode.BAD_CONFIGURATION, message, hint, cause);
  }
}
