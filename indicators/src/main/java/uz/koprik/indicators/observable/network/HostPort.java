package uz.koprik.indicators.observable.network;

import java.util.OptionalInt;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.UrlText;

/**
 * A host and the port after it: {@code host.example:443}, {@code [2001:db8::1]:443}. A text without a port is the host.
 *
 * @param host without the port and without brackets
 * @param port from 0 to 65535; empty when none stands there
 */
public record HostPort(String host, OptionalInt port) {

    /** Takes a text apart; one in another form is a host as a whole. */
    public static HostPort of(String text) {
        int close = text.startsWith("[") ? text.indexOf(']') : -1;
        if (close == text.length() - 1 && close > 0) {
            return new HostPort(text.substring(1, close), OptionalInt.empty());
        }
        int colon = close > 0 ? close + 1 : text.indexOf(':');
        boolean single = colon > 0 && text.charAt(colon) == ':' && colon == text.lastIndexOf(':');
        int port = single ? UrlText.port(text.substring(colon + 1)) : -1;
        if (port < 0) {
            return new HostPort(text, OptionalInt.empty());
        }
        return new HostPort(close > 0 ? text.substring(1, close) : text.substring(0, colon), OptionalInt.of(port));
    }

    /** One past the digits after a colon; the colon itself when none follow. */
    public static int portEnd(CharSequence text, int colon, int to) {
        int end = colon + 1;
        while (end < to && Ascii.isDigit(text.charAt(end))) {
            end++;
        }
        return end > colon + 1 ? end : colon;
    }
}
