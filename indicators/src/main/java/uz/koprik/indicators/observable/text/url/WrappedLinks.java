package uz.koprik.indicators.observable.text.url;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Links that filters of mail and redirections put around others: what in them may be the target. */
public final class WrappedLinks {

    private static final int MOST = 4;

    private WrappedLinks() {}

    /** The parts of a link that may be a target as it is written there, encoded or not; hardly ever more than one. */
    public static List<String> parts(String url) {
        int host = url.indexOf("://") + 3;
        int query = url.indexOf('?', host);
        int path = url.indexOf('/', host);
        List<String> parts = new ArrayList<>();
        int inner = path < 0 ? -1 : innerPath(url, path, query < 0 ? url.length() : query);
        if (inner > 0) {
            int close = url.indexOf("__;", inner);
            boolean defended = close > 0 && url.startsWith("__", inner - 2);
            parts.add(
                    defended ? withSigns(url.substring(inner, close), url.substring(close + 3)) : url.substring(inner));
        } else if (query >= 0) {
            addValues(url, query + 1, parts);
        }
        return parts;
    }

    /** What a query names as the domain of the target, as filters do that keep the target to themselves; or nothing. */
    public static String domain(String url) {
        int name = Math.max(url.indexOf("?domain="), url.indexOf("&domain="));
        int from = name + "?domain=".length();
        int to = from;
        while (name > 0 && to < url.length() && "&#".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        return url.substring(Math.min(from, to), to);
    }

    /** Where a path goes on with a URL: {@code /https://}, {@code /https%3A}, {@code /__https:}; or -1. */
    private static int innerPath(String url, int path, int to) {
        for (int at = url.indexOf("http", path + 1); at > 0 && at < to; at = url.indexOf("http", at + 1)) {
            int end = at + (url.startsWith("https", at) ? 5 : 4);
            boolean begins = url.charAt(at - 1) == '/' || url.startsWith("__", at - 2);
            if (begins && (url.startsWith(":/", end) || url.regionMatches(true, end, "%3A", 0, 3))) {
                return at;
            }
        }
        return -1;
    }

    private static void addValues(String url, int from, List<String> parts) {
        int begin = from;
        boolean named = false;
        for (int i = begin; i <= url.length() && parts.size() < MOST; i++) {
            char c = i < url.length() ? url.charAt(i) : '&';
            if (c == '=' && !named) {
                begin = i + 1;
                named = true;
            } else if (c == '&' || c == ';' || c == '#') {
                if (i > begin) {
                    parts.add(plain(url.substring(begin, i)));
                }
                begin = i + 1;
                named = false;
            }
        }
    }

    /** A URL with the escapes undone that the query around it needs; other values stay. */
    private static String plain(String value) {
        try {
            boolean escaped = UrlScheme.isKnown(value) && value.indexOf('%') > 0;
            return escaped ? URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8) : value;
        } catch (IllegalArgumentException e) {
            return value; // a per cent sign that is meant
        }
    }

    /** Puts signs back for which stars stand; they follow in base64 behind the target. */
    private static String withSigns(String target, String behind) {
        int end = behind.indexOf("!!");
        if (end <= 0 || target.indexOf('*') < 0 || target.contains("**")) {
            return target;
        }
        try {
            String signs = new String(Base64.getUrlDecoder().decode(behind.substring(0, end)), StandardCharsets.UTF_8);
            StringBuilder out = new StringBuilder();
            int sign = 0;
            for (int i = 0; i < target.length(); i++) {
                char c = target.charAt(i);
                out.append(c == '*' && sign < signs.length() ? signs.charAt(sign++) : c);
            }
            return out.toString();
        } catch (IllegalArgumentException e) {
            return target; // no base64
        }
    }
}
