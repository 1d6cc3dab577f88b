package uz.koprik.indicators.pattern.match;

import java.util.ArrayDeque;
import java.util.Deque;

/** A rough reading of a regular expression, without judging it: how large its automaton becomes, and how deep. */
final class RegexSize {

    private static final int CAP = 1_000_000_000;

    private RegexSize() {}

    /** At least the number of states when all counted repetitions are written out; capped. */
    static int states(String regex) {
        Deque<long[]> groups = new ArrayDeque<>();
        groups.push(new long[] {0, 0}); // states so far, states of the last atom
        int i = 0;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            long[] group = groups.element();
            switch (c) {
                case '\\' -> {
                    int end = afterEscape(regex, i);
                    close(group, end - i <= 2 ? 1 : end - i); // longer when it quotes
                    i = end;
                }
                case '[' -> i = atom(group, afterClass(regex, i));
                case '(' -> {
                    groups.push(new long[] {2, 0});
                    i++;
                }
                case ')' -> {
                    if (groups.size() > 1) {
                        long[] inner = groups.pop();
                        close(groups.element(), inner[0] + inner[1]);
                    }
                    i++;
                }
                case '{' -> {
                    int close = regex.indexOf('}', i);
                    long times = close < 0 ? -1 : times(regex, i + 1, close);
                    if (times >= 0) {
                        group[1] = Math.min(CAP, Math.max(1, group[1]) * Math.max(1, times));
                        i = close + 1;
                    } else {
                        i = atom(group, i + 1);
                    }
                }
                case '*', '+', '?' -> {
                    group[1]++;
                    i++;
                }
                default -> i = atom(group, i + 1);
            }
        }
        long sum = 0;
        for (long[] group : groups) {
            sum += group[0] + group[1];
        }
        return (int) Math.min(CAP, sum);
    }

    /** How deep groups lie within groups, at the deepest. */
    static int depth(String regex) {
        int depth = 0;
        int deepest = 0;
        int i = 0;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            if (c == '(') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == ')') {
                depth = Math.max(0, depth - 1);
            }
            i = end(regex, i);
        }
        return deepest;
    }

    /** {@code $} also stands before a line feed at the end of the text, as it does in PCRE. */
    static String endBeforeNewline(String regex) {
        if (regex.indexOf('$') < 0 || regex.contains("(?")) {
            return regex; // a flag may have given the sign another meaning
        }
        StringBuilder out = new StringBuilder(regex.length() + 8);
        int i = 0;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            int end = end(regex, i);
            if (c == '$') {
                out.append("(?:\\n?\\z)");
            } else {
                out.append(regex, i, end);
            }
            i = end;
        }
        return out.toString();
    }

    private static int atom(long[] group, int next) {
        close(group, 1);
        return next;
    }

    private static void close(long[] group, long states) {
        group[0] = Math.min(CAP, group[0] + group[1]);
        group[1] = Math.min(CAP, states);
    }

    /** Where the sign, the escape or the class that begins here ends. */
    private static int end(String regex, int at) {
        char c = regex.charAt(at);
        return c == '\\' ? afterEscape(regex, at) : c == '[' ? afterClass(regex, at) : at + 1;
    }

    private static int afterEscape(String regex, int at) {
        if (regex.startsWith("\\Q", at)) {
            int close = regex.indexOf("\\E", at + 2);
            return close < 0 ? regex.length() : close + 2;
        }
        return Math.min(regex.length(), at + 2);
    }

    private static int afterClass(String regex, int at) {
        int i = at + 1;
        if (i < regex.length() && regex.charAt(i) == '^') {
            i++;
        }
        if (i < regex.length() && regex.charAt(i) == ']') {
            i++;
        }
        while (i < regex.length() && regex.charAt(i) != ']') {
            i += regex.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(regex.length(), i + 1);
    }

    /** The larger of the counts between the braces, or -1 when they hold no counts. */
    private static long times(String regex, int from, int to) {
        long largest = -1;
        long number = -1;
        for (int i = from; i < to; i++) {
            char c = regex.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(CAP, Math.max(0, number) * 10 + c - '0');
                largest = Math.max(largest, number);
            } else if (c == ',') {
                number = -1;
            } else {
                return -1;
            }
        }
        return largest;
    }
}
