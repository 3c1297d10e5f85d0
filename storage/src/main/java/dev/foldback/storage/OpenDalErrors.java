package dev.foldback.storage;

import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.opendal.OpenDALException;

/**
 * What OpenDAL's errors mean. Its messages hold request URLs and headers, so the exception itself
 * never becomes a cause: one line is kept, without queries, logins and known secrets.
 */
final class OpenDalErrors {
  private static final Pattern LOGIN = Pattern.compile("://[^/@\\s]*@");
  private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?)]*)\\?[^\\s)]*");
  private static final Pattern STATUS = Pattern.compile("Parts \\{ status: ([0-9]{3})");
  private static final int LONGEST = 400;

  private final String place;
  private final String loginHint;
  private final Collection<String> secrets;

  OpenDalErrors(String place, String loginHint, Collection<String> secrets) {
    this.place = place;
    this.loginHint = loginHint;
    this.secrets = secrets;
  }

  /** A call that changes nothing. */
  StoreException read(String what, OpenDALException e) {
    return of(what, e, Effect.NONE);
  }

  /** A call that may have taken effect before it failed. */
  StoreException write(String what, OpenDALException e) {
    Kind kind = kind(e);
    boolean before =
        switch (kind) {
          case NO_PLACE, DENIED, UNSUPPORTED, NOT_FOUND -> true;
          case UNREACHABLE -> neverSent(text(e));
          case THROTTLED ->
              e.getCode() == OpenDALException.Code.RateLimited || text(e).contains("status: 429");
          case FULL, DISTURBED, FAILED -> false;
        };
    return of(what, e, before ? Effect.NONE : Effect.UNKNOWN);
  }

  StoreException absent(String key) {
    return new StoreException(
        Kind.NOT_FOUND, Effect.NONE, "No object " + key + " in " + place, "", null);
  }

  StoreException timedOut(String what, Effect effect) {
    return new StoreException(
        Kind.UNREACHABLE,
        effect,
        "Can't " + what + " in " + place + ": no answer in time",
        hint(Kind.UNREACHABLE),
        null);
  }

  StoreException stopped(String what, Effect effect, InterruptedException e) {
    return new StoreException(
        Kind.FAILED, effect, "Stopped while trying to " + what + " in " + place, "", e);
  }

  private StoreException of(String what, OpenDALException e, Effect effect) {
    Kind kind = kind(e);
    return new StoreException(
        kind,
        effect,
        "Can't " + what + " in " + place + ": " + line(e),
        hint(kind),
        null,
        RetryAfter.in(text(e), Instant.now()));
  }

  static boolean taken(OpenDALException e) {
    return e.getCode() == OpenDALException.Code.ConditionNotMatch
        || e.getCode() == OpenDALException.Code.AlreadyExists;
  }

  static boolean noSuchPlace(OpenDALException e) {
    String text = text(e);
    return text.contains("NoSuchBucket")
        || text.contains("ContainerNotFound")
        || text.contains("FilesystemNotFound")
        || text.contains("ShareNotFound")
        || text.contains("The specified bucket does not exist");
  }

  private static Kind kind(OpenDALException e) {
    if (noSuchPlace(e)) {
      return Kind.NO_PLACE;
    }
    return switch (e.getCode()) {
      case NotFound -> Kind.NOT_FOUND;
      case PermissionDenied -> Kind.DENIED;
      case RateLimited -> Kind.THROTTLED;
      case Unsupported, ConfigInvalid, IsADirectory, NotADirectory, IsSameFile -> Kind.UNSUPPORTED;
      case AlreadyExists, ConditionNotMatch, RangeNotSatisfied -> Kind.FAILED;
      case Unexpected -> unexpected(text(e));
    };
  }

  private static Kind unexpected(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (text.startsWith("Unexpected (permanent) at stat") && lower.contains("status: 400")) {
      return Kind.DENIED; // So S3 answers an expired token, with no body to say it.
    }
    if (lower.contains("no valid credential")
        || lower.contains("loading credential")
        || lower.contains("expiredtoken")
        || lower.contains("invalidtoken")
        || lower.contains("tokenrefreshrequired")) {
      return Kind.DENIED;
    }
    if (lower.contains("status: 507")
        || lower.contains("no space left")
        || lower.contains("quotaexceeded")
        || lower.contains("insufficientstorage")) {
      return Kind.FULL;
    }
    if (lower.contains("status: 503") || lower.contains("status: 429")) {
      return Kind.THROTTLED;
    }
    if (neverSent(text) || lower.contains("send http request")) {
      return Kind.UNREACHABLE;
    }
    return text.startsWith("Unexpected (temporary)") || lower.contains("status: 408")
        ? Kind.DISTURBED
        : Kind.FAILED;
  }

  private static boolean neverSent(String text) {
    return text.contains("client error (Connect)")
        || text.contains("dns error")
        || text.contains("connection request: timeout");
  }

  private static String text(OpenDALException e) {
    return String.valueOf(e.getMessage());
  }

  /** The first line and, where they are, the HTTP status and the line under "Source:". */
  String line(OpenDALException e) {
    String text = text(e);
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    Matcher status = STATUS.matcher(text);
    if (status.find()) {
      line += ": status " + status.group(1);
    }
    int source = text.indexOf("\nSource:");
    if (source >= 0) {
      String rest = text.substring(source + "\nSource:".length()).strip();
      int stop = rest.indexOf('\n');
      line += ": " + (stop < 0 ? rest : rest.substring(0, stop));
    }
    return clean(line);
  }

  private String clean(String text) {
    String clean = QUERY.matcher(LOGIN.matcher(text).replaceAll("://")).replaceAll("$1");
    for (String secret : secrets) {
      clean = clean.replace(secret, "********");
    }
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }

  private String hint(Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> "";
      case NO_PLACE -> "Create the bucket or container first, or correct the URL: " + place;
      case DENIED -> loginHint;
      case FULL -> "Make room at " + place + ", or raise its quota, and run the command again.";
      case UNSUPPORTED -> "Check the URL's options; docs/stores.md lists them.";
      case THROTTLED -> "The store asks for fewer calls: use fewer threads, or try again later.";
      case UNREACHABLE -> "Check host, port and network of " + place + ". " + loginHint;
      case DISTURBED, FAILED -> "Run the command again; what arrived is kept.";
    };
  }
}
