package uz.koprik.indicators.observable.text;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.IpAddress;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Ranges of addresses in a text. */
final class AddressRanges {

    private static final int MAX_NETWORKS = 16;

    private static final List<String> MASK_WORDS = List.of("netmask ", "mask ");

    private final String text;
    private final TextFindings found;

    AddressRanges(TextFindings found) {
        this.text = found.text();
        this.found = found;
    }

    /** Two addresses with a hyphen between: the networks from one to the other. */
    int at(int at, int to) {
        int first = at;
        while (first < to && (Ascii.isDigit(text.charAt(first)) || text.charAt(first) == '.')) {
            first++;
        }
        if (first - at >= 2 && first < to && text.charAt(first) == '*') {
            return wildcard(at, first);
        }
        if (first - at < 7) {
            return -1;
        }
        if (!IpAddress.isV4(text, at, first)) {
            return withDottedPort(at, first);
        }
        int masked = masked(at, first);
        if (masked > 0) {
            return masked;
        }
        int prefixed = withPrefix(at, first);
        if (prefixed > 0) {
            return prefixed;
        }
        int second = first;
        while (second < text.length() && second < first + 3 && " -\u2013".indexOf(text.charAt(second)) >= 0) {
            second++;
        }
        if (text.substring(first, second).isBlank()) {
            return -1;
        }
        int end = second;
        while (end < text.length() && (Ascii.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        while (end > second && text.charAt(end - 1) == '.') {
            end--;
        }
        String from = text.substring(at, first);
        String last = text.substring(second, end);
        boolean shortened = false;
        if (!last.isEmpty()
                && last.length() <= 3
                && last.indexOf('.') < 0
                && second == first + 1
                && (end == text.length() || (!TextChars.isAlnum(text.charAt(end)) && text.charAt(end) != '-'))) {
            shortened = true;
            last = from.substring(0, from.lastIndexOf('.') + 1) + last; // 192.0.2.1-10
        }
        if (!IpAddress.isV4(last, 0, last.length())) {
            return -1;
        }
        try {
            List<String> networks = IpAddress.networks(from, last, MAX_NETWORKS);
            for (String network : networks.isEmpty() ? List.of(from, last) : networks) {
                ObservableKind kind = network.indexOf('/') < 0 ? ObservableKind.IPV4 : ObservableKind.CIDR;
                RecognisedValue one = TextFindings.plainValue(new Observable(kind, network), at, end);
                one = shortened ? one.with(Remark.VERSION) : one;
                found.add(networks.isEmpty() ? one.with(Remark.OPEN_RANGE) : one, at, end);
            }
        } catch (InvalidObservable e) {
            return -1;
        }
        return end;
    }

    /** {@code 192.0.2.1.443 > 198.51.100.2.22:}, as tcpdump writes addresses and ports: the end, or -1. */
    private int withDottedPort(int at, int to) {
        int dot = TextChars.lastIndexOf(text, '.', at, to);
        boolean arrow = text.startsWith(" > ", to) || (text.startsWith(":", to) && text.startsWith(" > ", at - 3));
        if (!arrow || dot <= at || to - dot < 2 || to - dot > 6 || !IpAddress.isV4(text, at, dot)) {
            return -1;
        }
        int port = Integer.parseInt(text.substring(dot + 1, to));
        if (port > 65535) {
            return -1;
        }
        Observable address = new Observable(ObservableKind.IPV4, text.substring(at, dot));
        found.add(new RecognisedValue(address, at, to, Optional.of(port)));
        return to;
    }

    /** A network whose prefix stands after a blank or before a port, {@code 192.0.2.0 /24}: its end, or -1. */
    private int withPrefix(int at, int first) {
        boolean blank = text.startsWith(" /", first);
        int from = first + (blank ? 2 : 1);
        if (!blank && !text.startsWith("/", first)) {
            return -1;
        }
        int end = from;
        while (end < text.length() && end - from < 3 && Ascii.isDigit(text.charAt(end))) {
            end++;
        }
        char after = end < text.length() ? text.charAt(end) : ' ';
        boolean port = after == ':' && end + 1 < text.length() && Ascii.isDigit(text.charAt(end + 1));
        boolean apart = blank && end > from + 1 && !TextChars.isAlnum(after) && "/.-".indexOf(after) < 0;
        if (end == from || !(port || apart)) {
            return -1;
        }
        try {
            String network = text.substring(at, first) + '/' + text.substring(from, end);
            found.add(TextFindings.plainValue(ObservableKind.CIDR.normalise(network), at, end), at, end);
        } catch (InvalidObservable e) {
            return -1;
        }
        while (port && end < text.length() && (text.charAt(end) == ':' || Ascii.isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    /** An address and a mask: one network. The end of the mask, or -1. */
    private int masked(int at, int first) {
        int mask = first;
        while (mask < text.length() && mask < first + 3 && " /\t".indexOf(text.charAt(mask)) >= 0) {
            mask++;
        }
        for (String word : MASK_WORDS) {
            if (mask > first && text.regionMatches(true, mask, word, 0, word.length())) {
                mask += word.length();
            }
        }
        boolean hosts = text.startsWith("0.", mask) && text.charAt(mask - 1) != '\t';
        if (mask == first || (!hosts && !text.startsWith("255.", mask))) {
            return -1;
        }
        int end = mask;
        while (end < text.length() && (Ascii.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        while (text.charAt(end - 1) == '.') {
            end--;
        }
        String written = text.substring(mask, end);
        if (hosts) {
            written = ofHosts(text.substring(at, first), written);
        }
        Optional<Observable> network =
                written == null ? Optional.empty() : IpNetwork.masked(text.substring(at, first) + '/' + written);
        if (network.isEmpty()) {
            return -1;
        }
        found.add(TextFindings.plainValue(network.get(), at, end), at, end);
        return end;
    }

    /** The mask that means the same as the bits of the hosts, {@code 0.0.0.255}; null when they do not fit. */
    private static String ofHosts(String address, String hosts) {
        if (!IpAddress.isV4(hosts, 0, hosts.length()) || hosts.endsWith(".0")) {
            return null;
        }
        String[] parts = hosts.split("\\.", -1);
        String[] numbers = address.split("\\.", -1);
        StringBuilder mask = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            int bits = Integer.parseInt(parts[i]);
            if ((Integer.parseInt(numbers[i]) & bits) != 0) {
                return null;
            }
            mask.append(i == 0 ? "" : ".").append(255 - bits);
        }
        return mask.toString();
    }

    /** {@code 192.0.2.*}: a network, or all versions that begin so. */
    private int wildcard(int at, int first) {
        int end = first;
        while (end < text.length() && (text.charAt(end) == '*' || text.charAt(end) == '.')) {
            end++;
        }
        end = text.charAt(end - 1) == '.' ? end - 1 : end;
        if (end < text.length() && TextChars.isAlnum(text.charAt(end))) {
            return -1;
        }
        try {
            Observable network = ObservableKind.CIDR.normalise(text.substring(at, end));
            found.add(TextFindings.plainValue(network, at, end).with(Remark.VERSION), at, end);
            return end;
        } catch (InvalidObservable e) {
            return -1;
        }
    }
}
