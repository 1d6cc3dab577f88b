package uz.koprik.indicators.observable.forms;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scheme of a URL that was made unclickable: {@code hxxps[:]//}, {@code h[tt]p:\\}, {@code fxp://}.
 *
 * @param scheme as it was, with colon and slashes
 * @param end one past what stands for it
 */
public record DefangedScheme(String scheme, int end) {

    private static final String OPEN = "[\\[({]?";
    private static final String CLOSE = "[\\])}]?";

    /** What may follow a scheme: also what a normal form writes as %, so that a normal form has its own. */
    private static final String NEXT = "(?=[\\p{L}\\p{N}\\[%@({_*^|`-]|[^\\p{ASCII}\\s])";

    /** How a scheme of the web is written, and what follows it. */
    private static final Pattern WEB = Pattern.compile(
            "\\[?(?:h" + OPEN + "(?:tt|xx|tx|xt|00|x|t|\\*\\*|__|--|##)" + CLOSE
                    + "p|httx|hxxx|htxx|hxpp|htpp|htttp|hhttp|hppt|hpp|meow|purr|(?<cut>t?tp))"
                    + "(?<secure>" + OPEN + "s" + CLOSE + "(?:[!@&$*^](?=://))?)?\\]?"
                    + "(?<mark> ?" + OPEN + ":" + CLOSE + "(?:" + OPEN + "(?:(?:\\\\/){1,3}|/{1,3}|\\\\{2,4})" + CLOSE
                    + "){1,2}|" + OPEN + ":(?:\\\\?/){1,2}" + CLOSE + "/{0,2}|(?<odd>:?__|//|"
                    + "(?:[\\[({]/[\\])}]){2}))"
                    + "(?: (?=[\\p{L}\\p{N}-]{1,63}(?:\\.\\p{L}|\\.\\d{1,3}\\.[\\p{L}\\p{N}]|\\[|\\()))?" + NEXT,
            Pattern.CASE_INSENSITIVE);

    /** Other schemes that are made unclickable. */
    private static final Pattern OTHER = Pattern.compile(
            "(?<name>s?f(?:[tx]p|tx|xxp)s?|wss?|tcp|udp|ssh|ldaps?|smb|rtsp|irc|telnet)(?: ?" + OPEN + ":" + CLOSE
                    + "(?:"
                    + OPEN
                    + "(?:(?:\\\\/){1,3}|/{1,3}|\\\\{2,4})" + CLOSE + "){1,2}|" + OPEN + ":(?:\\\\?/){2}" + CLOSE
                    + ")(?=[\\p{L}\\p{N}\\[({])",
            Pattern.CASE_INSENSITIVE);

    /** Schemes of which every letter is masked: {@code xxxx} is http, {@code xxxxx} and {@code xxxxs} are https. */
    private static final Pattern MASKED = Pattern.compile(
            "xxx[xp](?<secure>[xs]?)(?:\\[?:\\]?//|\\[://\\])(?=[\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE);

    /** {@code hxxp:example.com}: no scheme has this name, so it can only be this. */
    private static final Pattern WITHOUT_SLASHES =
            Pattern.compile("hxxp(?<secure>s?):(?=[\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE);

    /**
     * The scheme that begins at a position.
     *
     * @param running whether the text is running text; otherwise it is one value, and a scheme only begins it
     * @return null when none begins there, or it is written as it should be
     */
    public static DefangedScheme at(String given, int at, boolean running) {
        if (at > 0 && !running) {
            return null;
        }
        return switch (given.charAt(at)) {
            case '[' -> web(given, at);
            case 'x', 'X' -> masked(given, at);
            default -> named(given, at);
        };
    }

    /** Puts slashes into {@code hxxp:example.com}, which is only done to a single value. */
    public static String withSlashes(String value) {
        if (!value.regionMatches(true, 0, "hxxp", 0, 4)) {
            return value;
        }
        Matcher bare = WITHOUT_SLASHES.matcher(value);
        return bare.lookingAt() ? "http" + bare.group("secure") + "://" + value.substring(bare.end()) : value;
    }

    private static DefangedScheme named(String given, int at) {
        char lower = (char) (given.charAt(at) | 0x20);
        char second = at + 1 < given.length() ? (char) (given.charAt(at + 1) | 0x20) : 0;
        boolean word = at == 0 || !Character.isLetterOrDigit(given.charAt(at - 1));
        boolean mayBeWeb =
                switch (lower) {
                    case 'h' ->
                        !isLetter(second)
                                || second == 't'
                                || second == 'x'
                                || (word && (second == 'p' || second == 'h'));
                    case 'm' -> second == 'e' && word;
                    case 'p' -> second == 'u' && word;
                    case 't' -> (second == 't' || second == 'p') && word;
                    default -> false;
                };
        DefangedScheme web = mayBeWeb ? web(given, at) : null;
        return web != null || lower == 'h' || !word || !hasColon(given, at) ? web : other(given, at);
    }

    private static boolean hasColon(String given, int at) {
        for (int i = at + 2; i < given.length() && i < at + 9; i++) {
            if (given.charAt(i) == ':') {
                return true;
            }
        }
        return false;
    }

    private static DefangedScheme web(String given, int at) {
        if (given.regionMatches(true, at, "http://", 0, 7) || given.regionMatches(true, at, "https://", 0, 8)) {
            int rest = at + (given.charAt(at + 4) == ':' ? 7 : 8);
            char after = rest < given.length() ? given.charAt(rest) : 0;
            if (after != '/' && after != '\\' && after != ' ') {
                return null; // as it should be, and by far the most frequent
            }
        }
        Matcher matcher = WEB.matcher(given).region(at, Math.min(given.length(), at + 40));
        matcher.useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return null;
        }
        char before = at == 0 ? 0 : given.charAt(at - 1);
        boolean plain = given.regionMatches(true, at, "http", 0, 4);
        if ((plain || matcher.group("odd") != null || matcher.group("cut") != null)
                && (Character.isLetterOrDigit(before) || (before != 0 && "/=?&#%_".indexOf(before) >= 0))) {
            return null; // a part of a longer word or URL
        }
        return new DefangedScheme(matcher.group("secure") == null ? "http://" : "https://", matcher.end());
    }

    private static DefangedScheme other(String given, int at) {
        Matcher matcher = OTHER.matcher(given).region(at, Math.min(given.length(), at + 30));
        matcher.useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return null;
        }
        String name = matcher.group("name")
                .toLowerCase(Locale.ROOT)
                .replace("fxxp", "ftp")
                .replace("fxp", "ftp")
                .replace("ftx", "ftp");
        return given.startsWith(name + "://", at) && matcher.end() == at + name.length() + 3
                ? null
                : new DefangedScheme(name + "://", matcher.end());
    }

    private static DefangedScheme masked(String given, int at) {
        boolean word = at == 0 || !Character.isLetterOrDigit(given.charAt(at - 1));
        if (!word || !given.regionMatches(true, at + 1, "xx", 0, 2)) {
            return null;
        }
        Matcher matcher = MASKED.matcher(given).region(at, Math.min(given.length(), at + 12));
        matcher.useTransparentBounds(true);
        return matcher.lookingAt()
                ? new DefangedScheme(matcher.group("secure").isEmpty() ? "http://" : "https://", matcher.end())
                : null;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
