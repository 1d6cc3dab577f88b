package uz.koprik.indicators.observable.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Ranges of network keys with fixed bounds: each domain, each address as a host, and networks by whole hexadecimal
 * digits. A store remembers which of them hold anything. Those of IPv6 end at /64: narrower ones would identify single
 * hosts.
 */
public final class PrefixBuckets {

    private static final int DIGITS_V4 = 8;
    private static final int DIGITS_V6 = 32;
    private static final int NARROWEST_V6 = 16;

    private PrefixBuckets() {}

    /** All ranges that contain a {@link NetworkKey}. */
    public static List<String> around(String place) {
        List<String> cells = new ArrayList<>();
        if (place.startsWith("d:")) {
            for (int dot = place.indexOf('.');
                    dot >= 0 && dot + 1 < place.length();
                    dot = place.indexOf('.', dot + 1)) {
                cells.add(place.substring(0, dot + 1));
            }
            return cells;
        }
        int end = 2 + (place.startsWith("4:") ? DIGITS_V4 : DIGITS_V6);
        for (int digits = 0; digits <= narrowest(place); digits++) {
            cells.add(network(place, digits));
        }
        if (place.length() > end) {
            cells.add(place.substring(0, end));
        }
        return cells;
    }

    /** Few ranges that cover the span: every value of the span lies in one of them. */
    public static List<String> covering(NetworkKey.Span span) {
        String from = span.from();
        if (span.to().startsWith(from)) {
            return List.of(from); // a domain or a host
        }
        int end = from.length() - 1; // it is written as what comes right before the first address
        String first = from.substring(0, end - 1) + (char) (from.charAt(end - 1) + 1);
        String last = span.to().substring(0, end);
        int same = 0;
        while (same < narrowest(first) && first.charAt(2 + same) == last.charAt(2 + same)) {
            same++;
        }
        if (same == narrowest(first)) {
            return List.of(network(first, same));
        }
        List<String> cells = new ArrayList<>();
        String shared = network(first, same);
        for (int digit = digit(first, same); digit <= digit(last, same); digit++) {
            cells.add(shared + Character.forDigit(digit, 16));
        }
        return cells.size() == 16 ? List.of(shared) : cells;
    }

    private static int digit(String place, int number) {
        return Character.digit(place.charAt(2 + number), 16);
    }

    private static int narrowest(String place) {
        return place.startsWith("4:") ? DIGITS_V4 : NARROWEST_V6;
    }

    /** Named otherwise than the hosts in it. */
    private static String network(String place, int digits) {
        return "n" + place.substring(0, 2 + digits);
    }
}
