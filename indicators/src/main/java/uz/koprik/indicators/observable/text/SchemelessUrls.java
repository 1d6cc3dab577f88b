package uz.koprik.indicators.observable.text;

import java.util.Locale;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.IpAddress;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.HostPort;
import uz.koprik.indicators.observable.text.url.TextChars;
import uz.koprik.indicators.observable.text.url.TextUrl;
import uz.koprik.indicators.observable.text.url.UrlScheme;

/** Hosts with a path and without a scheme in a text. */
final class SchemelessUrls {

    private final String text;
    private final TextFindings found;
    private final KindGuesser cell;
    private final Judgement judgement;
    private final WordEndings endings;

    SchemelessUrls(TextFindings found, KindGuesser cell, Judgement judgement, WordEndings endings) {
        this.text = found.text();
        this.found = found;
        this.cell = cell;
        this.judgement = judgement;
        this.endings = endings;
    }

    /** A host with a path and without a scheme: where it ends, or -1. */
    int at(int at, int to) {
        int end = at;
        boolean dot = false;
        while (end < to && (TextChars.isAlnum(text.charAt(end)) || "-._".indexOf(text.charAt(end)) >= 0)) {
            dot |= text.charAt(end) == '.';
            end++;
        }
        int hostEnd = end;
        if (dot && end < to && text.charAt(end) == ':') {
            end = HostPort.portEnd(text, end, to);
        }
        boolean path = dot && end + 1 < to && text.charAt(end) == '/' && hostEnd > at;
        if (!path || isNetwork(end, to)) {
            return -1;
        }
        RecognisedValue host = judgement.of(at, hostEnd);
        if (host == null || !host.observable().kind().networkRole().takesPort()) {
            return -1;
        }
        // host.example.com/192.0.2.1:443, as Java writes a socket
        int address = end + 1;
        while (address < to && (Ascii.isDigit(text.charAt(address)) || text.charAt(address) == '.')) {
            address++;
        }
        if (IpAddress.isV4(text, end + 1, address)) {
            judgement.accept(at, hostEnd);
            return end + 1;
        }
        if (host.observable().kind() == ObservableKind.IPV4) {
            int rest = text.charAt(end) == '/' ? end + 1 : end;
            int stop = rest;
            while (stop < to && TextChars.isAlnum(text.charAt(stop))) {
                stop++;
            }
            String after = text.substring(rest, stop).toLowerCase(Locale.ROOT);
            boolean port = !after.isEmpty()
                    && (after.chars().allMatch(Ascii::isDigit) || after.equals("tcp") || after.equals("udp"));
            if (port && (stop == to || "/?.-_".indexOf(text.charAt(stop)) < 0 || text.charAt(stop) == '.')) {
                judgement.accept(at, end > hostEnd ? end : hostEnd); // 192.0.2.1/443, 192.0.2.1:80/tcp
                return stop;
            }
        }
        TextUrl url = new TextUrl(text, cell, at, at);
        int last = url.end();
        if (last <= end + 1) {
            return judgement.accept(at, end) ? last : -1;
        }
        String part = text.substring(at, last).replace("&amp;", "&");
        String scheme = UrlScheme.isSecureBefore(text, at) ? "https://" : "http://";
        if (endings.addUncertain(scheme, at, url, last) || endings.add(scheme, at, at, last)) {
            return last;
        }
        Observable value = cell.attempt(scheme + part, ObservableKind.URL);
        if (value == null) {
            return -1;
        }
        RecognisedValue known = Doubts.of(TextFindings.plainValue(value, at, last), part, part);
        for (Remark remark : host.remarks()) {
            known = remark == Remark.PLAIN_WORDS ? known : known.with(remark);
        }
        if (found.isDefanged(at, hostEnd)) {
            known = known.without(Remark.FILE_NAME).without(Remark.PLAIN_WORDS);
        }
        known = url.isCutOff(last) ? known.with(Remark.CUT_OFF) : known;
        found.add(known, at, last);
        found.addAccounts(value, at, last);
        return last;
    }

    private static boolean isEnd(char c) {
        return c != '/' && (!TextChars.isAlnum(c) || TextChars.isOfOtherScript(c));
    }

    private boolean isNetwork(int slash, int to) {
        int end = slash + 1;
        while (end < to && Ascii.isDigit(text.charAt(end))) {
            end++;
        }
        return end > slash + 1
                && end - slash <= 3
                && (end == to || isEnd(text.charAt(end)))
                && !(end + 1 < to && text.charAt(end) == '.' && Ascii.isDigit(text.charAt(end + 1)));
    }
}
