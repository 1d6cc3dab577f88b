package uz.koprik.indicators.observable;

import java.util.Optional;

/** IPv4 and IPv6 addresses and networks, without ever asking a name server. */
public final class IpAddress {

    private IpAddress() {}

    /** An address or a network of either version: the kind of the result is what the text is. */
    static Observable observable(ObservableKind kind, String raw, Normalisation context) throws InvalidObservable {
        String text = network(Defang.refang(raw));
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = address.indexOf(':') >= 0 ? v6(kind, address) : v4(kind, address);
        int bits = bytes.length * 8;
        int prefix = slash < 0 ? bits : prefix(kind, text.substring(slash + 1), bits);
        mask(bytes, prefix);
        ObservableKind found =
                prefix < bits ? ObservableKind.CIDR : bytes.length == 4 ? ObservableKind.IPV4 : ObservableKind.IPV6;
        boolean sameVersion = (bytes.length == 4) == (kind == ObservableKind.IPV4);
        boolean wanted = kind == ObservableKind.CIDR ? slash >= 0 : sameVersion;
        if (!wanted) {
            throw new InvalidObservable(
                    kind,
                    kind == ObservableKind.CIDR
                            ? "a network ends with / and a prefix length"
                            : "this is an " + found.label());
        }
        return new Observable(found, prefix < bits ? text(bytes) + '/' + prefix : text(bytes));
    }

    /** {@code 192.0.2.*} and {@code 192.0.*.*} as the networks that they name; other texts as they are. */
    private static String network(String text) {
        if (!text.endsWith(".*")) {
            return text;
        }
        String[] parts = text.split("\\.", -1);
        int numbers = 0;
        while (numbers < parts.length && !parts[numbers].equals("*")) {
            numbers++;
        }
        for (int i = numbers; i < parts.length; i++) {
            if (!parts[i].equals("*")) {
                return text;
            }
            parts[i] = "0";
        }
        return parts.length == 4 && numbers > 0 ? String.join(".", parts) + '/' + 8 * numbers : text;
    }

    /**
     * The address that browsers take from the host of a URL when its last part is a number: hexadecimal after
     * {@code 0x}, octal after a zero, and up to four parts (WHATWG URL, "IPv4 parser").
     *
     * @return in normal form; empty when the host is a name, or a number that no address has
     */
    public static Optional<String> asBrowsersRead(String host) {
        String text = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int last = text.lastIndexOf('.') + 1;
        if (last == text.length() || !Ascii.isDigit(text.charAt(last)) || text.length() > 60) {
            return Optional.empty();
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long number = number(parts[i]);
            boolean ends = i == parts.length - 1;
            int bits = ends ? 8 * (5 - parts.length) : 8;
            if (number < 0 || number >= 1L << bits) {
                return Optional.empty();
            }
            address |= ends ? number : number << 8 * (3 - i);
        }
        return Optional.of(
                (address >> 24) + "." + (address >> 16 & 0xFF) + '.' + (address >> 8 & 0xFF) + '.' + (address & 0xFF));
    }

    /** A number of a host in hexadecimal, octal or decimal; -1 when it is none. */
    private static long number(String text) {
        boolean hex = text.regionMatches(true, 0, "0x", 0, 2);
        boolean octal = !hex && text.length() > 1 && text.charAt(0) == '0';
        String digits = hex ? text.substring(2) : octal ? text.substring(1) : text;
        if (digits.isEmpty()) {
            return hex ? 0 : -1;
        }
        int radix = hex ? 16 : octal ? 8 : 10;
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c > 0x7F ? -1 : Character.digit(c, radix);
            value = value * radix + digit;
            if (digit < 0 || value > 0xFFFFFFFFL) {
                return -1;
            }
        }
        return value;
    }

    /** Whether {@code text} from {@code from} to {@code to} is a dotted quad without leading zeros. */
    public static boolean isV4(CharSequence text, int from, int to) {
        int at = from;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int value = 0;
            while (at < to && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < 4) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            // A leading zero is octal to some readers and decimal to others: neither reading is taken.
            if (at == start || value > 255 || (at - start > 1 && text.charAt(start) == '0')) {
                return false;
            }
            if (part < 3 && (at >= to || text.charAt(at++) != '.')) {
                return false;
            }
        }
        return at == to;
    }

    /** Whether the networks from one address to another of the same version are few: they are, else none. */
    public static java.util.List<String> networks(String from, String to, int most) throws InvalidObservable {
        boolean v6 = from.indexOf(':') >= 0;
        ObservableKind kind = v6 ? ObservableKind.IPV6 : ObservableKind.IPV4;
        java.math.BigInteger at = new java.math.BigInteger(1, v6 ? v6(kind, from) : v4(kind, from));
        java.math.BigInteger last = new java.math.BigInteger(1, v6 ? v6(kind, to) : v4(kind, to));
        int bits = v6 ? 128 : 32;
        java.util.List<String> found = new java.util.ArrayList<>();
        while (at.compareTo(last) <= 0) {
            if (found.size() == most) {
                return java.util.List.of();
            }
            int free = at.signum() == 0 ? bits : Math.min(bits, at.getLowestSetBit());
            free = Math.min(
                    free, last.subtract(at).add(java.math.BigInteger.ONE).bitLength() - 1);
            byte[] bytes = new byte[bits / 8];
            byte[] number = at.toByteArray();
            int length = Math.min(number.length, bytes.length);
            System.arraycopy(number, number.length - length, bytes, bytes.length - length, length);
            found.add(free == 0 ? text(bytes) : text(bytes) + '/' + (bits - free));
            at = at.add(java.math.BigInteger.ONE.shiftLeft(free));
        }
        return found;
    }

    /** Normal form of an IPv6 address as it stands between the brackets of a URL. */
    static String v6NormalForm(ObservableKind kind, String text) throws InvalidObservable {
        return text(v6(kind, text));
    }

    static byte[] v4(ObservableKind kind, String text) throws InvalidObservable {
        if (!isV4(text, 0, text.length())) {
            throw new InvalidObservable(
                    kind, "four numbers from 0 to 255 with dots between and no leading zeros" + " are expected");
        }
        byte[] bytes = new byte[4];
        int part = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                part++;
            } else {
                bytes[part] = (byte) (bytes[part] * 10 + c - '0');
            }
        }
        return bytes;
    }

    static byte[] v6(ObservableKind kind, String given) throws InvalidObservable {
        String text = given.startsWith("[") && given.endsWith("]") ? given.substring(1, given.length() - 1) : given;
        if (text.indexOf('%') >= 0) {
            // KindGuesser cuts the zone off where the text does not say of what kind the value is.
            throw new InvalidObservable(kind, "an address with a zone (%) has a meaning on one machine only");
        }
        byte[] bytes = new byte[16];
        int at = 0;
        int filled = 0;
        int gap = -1;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int end = text.indexOf(':', at);
            int to = end < 0 ? text.length() : end;
            if (end < 0 && text.indexOf('.', at) >= 0) {
                if (filled > 12) {
                    throw malformedV6(kind);
                }
                System.arraycopy(v4(kind, text.substring(at)), 0, bytes, filled, 4);
                filled += 4;
                break;
            }
            if (filled > 14 || to == at || to - at > 4 || !Hash.isHex(text.substring(at, to))) {
                throw malformedV6(kind);
            }
            int group = Integer.parseInt(text, at, to, 16);
            bytes[filled++] = (byte) (group >> 8);
            bytes[filled++] = (byte) group;
            if (end < 0) {
                break;
            }
            at = end + 1;
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap >= 0) {
                    throw malformedV6(kind);
                }
                gap = filled;
                at++;
            } else if (at == text.length()) {
                throw malformedV6(kind);
            }
        }
        if (gap < 0 ? filled != 16 : filled > 14) {
            throw malformedV6(kind);
        }
        if (gap >= 0) {
            int tail = filled - gap;
            System.arraycopy(bytes, gap, bytes, 16 - tail, tail);
            java.util.Arrays.fill(bytes, gap, 16 - tail, (byte) 0);
        }
        return bytes;
    }

    private static InvalidObservable malformedV6(ObservableKind kind) {
        return new InvalidObservable(
                kind,
                "eight groups of up to four hexadecimal digits with colons between,"
                        + " or fewer and one ::, are expected");
    }

    static int prefix(ObservableKind kind, String text, int bits) throws InvalidObservable {
        boolean digits = !text.isEmpty() && text.length() <= 3 && Ascii.allDigits(text);
        if (digits && (text.length() == 1 || text.charAt(0) != '0') && Integer.parseInt(text) <= bits) {
            return Integer.parseInt(text);
        }
        throw new InvalidObservable(kind, "a prefix length from 0 to " + bits + " is expected after the slash");
    }

    static void mask(byte[] bytes, int prefix) {
        for (int i = 0; i < bytes.length; i++) {
            int keep = Math.clamp(prefix - i * 8L, 0, 8);
            bytes[i] &= (byte) (0xFF << (8 - keep));
        }
    }

    static String text(byte[] bytes) {
        return bytes.length == 4 ? v4Text(bytes, 0) : v6Text(bytes);
    }

    private static String v4Text(byte[] b, int at) {
        return (b[at] & 0xFF) + "." + (b[at + 1] & 0xFF) + '.' + (b[at + 2] & 0xFF) + '.' + (b[at + 3] & 0xFF);
    }

    /**
     * RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as ::.
     */
    private static String v6Text(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
        }
        // Section 5: an IPv4-mapped address is written with its IPv4 part dotted.
        boolean mapped = groups[5] == 0xFFFF && (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) == 0;
        if (mapped) {
            return "::ffff:" + v4Text(bytes, 12);
        }
        int runAt = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > runLength) {
                runAt = i;
                runLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == runAt) {
                out.append("::");
                i += runLength - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}
