package uz.koprik.indicators.stix.rules;

/**
 * Addresses of hosts and people, as the values of observables have them (STIX 2.1, sections 6.4, 6.5 and 6.8 to 6.10).
 */
public final class Addresses {

    public static final PropertyType IPV4 =
            PropertyTypes.text(Addresses::isIpv4OrBlock, "an IPv4 address or CIDR block is expected", "STIX 2.1, 6.8");
    public static final PropertyType IPV6 =
            PropertyTypes.text(Addresses::isIpv6OrBlock, "an IPv6 address or CIDR block is expected", "STIX 2.1, 6.9");
    public static final PropertyType MAC = PropertyTypes.text(
            Addresses::isMac,
            "six colon-separated pairs of lower-case hexadecimal digits are expected",
            "STIX 2.1, 6.10");
    public static final PropertyType DOMAIN = PropertyTypes.text(
            Addresses::isDomain,
            "a domain name is expected: labels of 1 to 63 characters between dots, 253 at most (RFC 1034)",
            "STIX 2.1, 6.4");
    public static final PropertyType EMAIL = PropertyTypes.text(
            Addresses::isEmail,
            "an e-mail address is expected, without any name beside it (RFC 5322, 3.4.1)",
            "STIX 2.1, 6.5");

    private Addresses() {}

    private static boolean isIpv4OrBlock(String s) {
        int slash = s.indexOf('/');
        return slash < 0 ? isIpv4(s) : isIpv4(s.substring(0, slash)) && isNumber(s, slash + 1, s.length(), 32);
    }

    private static boolean isIpv4(String s) {
        int part = 0;
        int dots = 0;
        for (int i = 0; i <= s.length(); i++) {
            if (i == s.length() || s.charAt(i) == '.') {
                if (!isNumber(s, part, i, 255)) {
                    return false;
                }
                part = i + 1;
                dots++;
            }
        }
        return dots == 4;
    }

    /** A decimal number without leading zeros, from 0 to {@code most}. */
    private static boolean isNumber(String s, int from, int to, int most) {
        if (from >= to || to - from > 3 || (to - from > 1 && s.charAt(from) == '0')) {
            return false;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = s.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        return value <= most;
    }

    private static boolean isIpv6OrBlock(String s) {
        int slash = s.indexOf('/');
        if (slash >= 0 && !isNumber(s, slash + 1, s.length(), 128)) {
            return false;
        }
        String address = slash < 0 ? s : s.substring(0, slash);
        int zone = address.indexOf('%'); // link-local addresses carry one in the field (RFC 4007, 11)
        return zone < 0 ? isIpv6(address) : zone < address.length() - 1 && isIpv6(address.substring(0, zone));
    }

    static boolean isIpv6(String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address) == 8;
        }
        String rest = address.substring(gap + 2);
        if (rest.contains("::")) {
            return false;
        }
        int before = gap == 0 ? 0 : groups(address.substring(0, gap));
        int after = rest.isEmpty() ? 0 : groups(rest);
        return before >= 0
                && after >= 0
                && before + after <= 7
                && !(before > 0 && address.substring(0, gap).contains("."));
    }

    /** How many 16-bit groups colon-separated text stands for; -99 when it is malformed. */
    private static int groups(String s) {
        String[] parts = s.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (last && parts[i].indexOf('.') >= 0 && isIpv4(parts[i])) {
                count += 2;
            } else if (isGroup(parts[i])) {
                count++;
            } else {
                return -99;
            }
        }
        return count;
    }

    private static boolean isGroup(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) > 'f' || Character.digit(s.charAt(i), 16) < 0) {
                return false;
            }
        }
        return !s.isEmpty() && s.length() <= 4;
    }

    private static boolean isMac(String s) {
        if (s.length() != 17) {
            return false;
        }
        for (int i = 0; i < 17; i++) {
            char c = s.charAt(i);
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (i % 3 == 2 ? c != ':' : !hex) {
                return false;
            }
        }
        return true;
    }

    /** Also in letters of other scripts, and with the underscores that service records have. */
    private static boolean isDomain(String s) {
        int end = s.endsWith(".") ? s.length() - 1 : s.length();
        if (end < 1 || end > 253) {
            return false;
        }
        int label = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || s.charAt(i) == '.') {
                if (i == label || i - label > 63) {
                    return false;
                }
                label = i + 1;
            } else if (!isOfDomain(s.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfDomain(char c) {
        return c >= 0x80
                ? !Character.isWhitespace(c) && !Character.isISOControl(c)
                : (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-'
                        || c == '_'
                        || c == '*';
    }

    /** A local part in dot-atoms or quotes, and a domain or a literal in brackets. */
    private static boolean isEmail(String s) {
        int at = s.lastIndexOf('@');
        if (at < 1) {
            return false;
        }
        boolean quoted = at > 2 && s.charAt(0) == '"' && s.charAt(at - 1) == '"';
        for (int i = 0; i < at && !quoted; i++) {
            char c = s.charAt(i);
            boolean dot = c == '.' && (i == 0 || i == at - 1 || s.charAt(i - 1) == '.');
            if (c <= ' ' || c == 0x7F || dot || "()<>[]:;@\\,\"".indexOf(c) >= 0) {
                return false;
            }
        }
        return s.charAt(s.length() - 1) == ']' ? s.charAt(at + 1) == '[' : isDomain(s.substring(at + 1));
    }
}
