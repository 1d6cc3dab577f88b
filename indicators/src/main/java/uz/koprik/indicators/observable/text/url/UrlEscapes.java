package uz.koprik.indicators.observable.text.url;

/** Signs of a URL that JSON and program text write with a backslash. */
public final class UrlEscapes {

    /** The length of a sign as a number. */
    static final int LENGTH = 6;

    /** {@code &}, {@code =}, {@code /} and {@code ?} as JSON may have them. */
    private static final String[] SIGNS = {"\\u0026", "\\u003d", "\\u002f", "\\u003f"};

    /** Signs that JSON, Markdown and LaTeX write with a backslash before them. */
    private static final String ESCAPED = "_%&#$~-.*+=!()";

    private UrlEscapes() {}

    /** Whether JSON has a sign of URLs as a number, such as that of {@code &}. */
    static boolean isSign(String text, int at) {
        for (String sign : SIGNS) {
            if (text.regionMatches(true, at, sign, 0, LENGTH)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a backslash begins an escape that is part of no URL, such as a line break. */
    static boolean endsUrl(String text, int backslash) {
        char next = backslash + 1 < text.length() ? text.charAt(backslash + 1) : ' ';
        return "nrtu0x\"'\\".indexOf(next) >= 0 || TextChars.isBreak(next);
    }

    /** Whether a URL has backslashes for the slashes of its path, {@code http:\\\\a.example\\x}. */
    public static boolean hasBackslashes(String url) {
        int at = Math.max(0, url.indexOf("://") + 3);
        while (at < url.length() && "/\\?#".indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return url.startsWith("\\", at) && !url.startsWith("\\/", at);
    }

    /** Whether a backslash stands before a sign that is meant without it. */
    private static boolean isEscaped(String url, int at, boolean signs) {
        char next = url.charAt(at) == '\\' && at + 1 < url.length() ? url.charAt(at + 1) : ' ';
        return next == '/' || (signs && ESCAPED.indexOf(next) >= 0);
    }

    /** A URL without the backslashes before its signs, and with the signs that JSON has as numbers. */
    public static String undone(String url) {
        if (url.indexOf('\\') < 0) {
            return url;
        }
        boolean signs = !hasBackslashes(url);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) == '\\' && isSign(url, i)) {
                out.append((char) Integer.parseInt(url, i + 2, i + LENGTH, 16));
                i += LENGTH - 1;
            } else if (!isEscaped(url, i, signs)) {
                out.append(url.charAt(i));
            }
        }
        return out.toString();
    }
}
