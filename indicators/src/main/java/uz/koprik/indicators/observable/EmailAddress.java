package uz.koprik.indicators.observable;

import java.util.Locale;

/**
 * E-mail addresses: {@code local@domain}, both in lower case.
 *
 * <p>RFC 5321 lets a server distinguish local parts by case; no server of note does, and fraud reports spell one
 * address in every case there is. Losing such a match costs more than a match too many. Dots and {@code +tags} stay:
 * what they mean differs from server to server.
 */
final class EmailAddress {

    private EmailAddress() {}

    static String normalForm(ObservableKind kind, String raw) throws InvalidObservable {
        String text = Defang.refang(raw);
        if (text.regionMatches(true, 0, "mailto:", 0, 7)) {
            int query = text.indexOf('?');
            text = text.substring(7, query < 0 ? text.length() : query);
        }
        int open = text.lastIndexOf('<');
        if (open >= 0 && text.endsWith(">")) { // "Name <address>", as mail programs copy it
            text = text.substring(open + 1, text.length() - 1);
        }
        int at = text.lastIndexOf('@');
        if (at <= 0) {
            throw new InvalidObservable(kind, "a name, @ and a domain are expected");
        }
        String local = text.substring(0, at);
        if (local.length() > 64) {
            throw new InvalidObservable(kind, "more than 64 characters before the @");
        }
        if (!isLocal(local)) {
            throw new InvalidObservable(kind, "a character before the @ that no address has there");
        }
        String domain = text.substring(at + 1);
        if (domain.startsWith("[") && domain.endsWith("]")) {
            return local.toLowerCase(Locale.ROOT) + '@' + literal(kind, domain.substring(1, domain.length() - 1));
        }
        return local.toLowerCase(Locale.ROOT) + '@' + DomainName.normalForm(kind, domain);
    }

    /** The address of a machine in place of a domain (RFC 5321 section 4.1.3). */
    private static String literal(ObservableKind kind, String address) throws InvalidObservable {
        boolean v6 = address.regionMatches(true, 0, "IPv6:", 0, 5);
        try {
            return v6
                    ? "[IPv6:"
                            + ObservableKind.IPV6
                                    .normalise(address.substring(5), Normalisation.PLAIN)
                                    .value() + ']'
                    : '['
                            + ObservableKind.IPV4
                                    .normalise(address, Normalisation.PLAIN)
                                    .value()
                            + ']';
        } catch (InvalidObservable e) {
            throw new InvalidObservable(kind, "no address of a machine in the brackets after the @");
        }
    }

    /** Dot-atom of RFC 5322 section 3.2.3, with the letters of all languages (RFC 6532). */
    private static boolean isLocal(String local) {
        if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            return false;
        }
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            boolean plain = Ascii.isLetter(c) || Ascii.isDigit(c);
            if (!plain
                    && "!#$%&'*+-/=?^_`{|}~.".indexOf(c) < 0
                    && (c <= 0x7F || Character.isSpaceChar(c) || Character.isISOControl(c) || DomainName.isMark(c))) {
                return false;
            }
        }
        return true;
    }
}
