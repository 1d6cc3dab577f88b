package uz.koprik.indicators.warninglist;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.IpNetwork;

/**
 * Reads addresses and networks in spellings that are no observables, yet some tool resolves: ranges, masks, wildcards,
 * ports, and the number forms of {@code inet_aton} such as {@code 127.1} and {@code 0x7f000001}.
 */
final class AddressSpellings {

    private static final int LONGEST = 100;

    private static final Pattern RANGE = Pattern.compile("([0-9A-Fa-f.:]+)\\s*(?:-|–|\\.\\.)\\s*([0-9A-Fa-f.:]+)");
    private static final Pattern MASK =
            Pattern.compile("([0-9.]+)\\s*/\\s*((?:255|254|252|248|240|224|192|128|0)(?:\\.[0-9]{1,3}){3})");
    private static final Pattern WILDCARDS = Pattern.compile("((?:[0-9]{1,3}\\.){0,3})\\*(?:\\.\\*){0,3}");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]+)\\](?::[0-9]{1,5})?");
    private static final Pattern PORT = Pattern.compile("([0-9.]+):[0-9]{1,5}");
    private static final Pattern ZONE = Pattern.compile("([0-9A-Fa-f:.]+)%[0-9A-Za-z._-]+");
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9A-Fa-f]{1,8}|[0-9]{1,11}");

    private AddressSpellings() {}

    /** The networks that a text names; none for most texts. */
    static Set<IpNetwork> networks(String given) {
        String text = given.strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            return Set.of();
        }
        Optional<IpNetwork> plain = IpNetwork.parse(text);
        if (plain.isPresent()) {
            return Set.of(plain.get());
        }
        for (Pattern wrapped : List.of(BRACKETED, PORT, ZONE)) {
            Matcher inner = wrapped.matcher(text);
            if (inner.matches() && !inner.group(1).equals(text)) {
                return networks(inner.group(1));
            }
        }
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            return range(range.group(1), range.group(2));
        }
        Matcher mask = MASK.matcher(text);
        if (mask.matches()) {
            int prefix = IpNetwork.parse(mask.group(2))
                    .map(one -> new BigInteger(1, one.address()).bitCount())
                    .orElse(32);
            return IpNetwork.parse(mask.group(1) + '/' + prefix).map(Set::of).orElse(Set.of());
        }
        Matcher wildcards = WILDCARDS.matcher(text);
        if (wildcards.matches()) {
            return octets(wildcards.group(1)).map(Set::of).orElse(Set.of());
        }
        return numbers(text);
    }

    /** The network whose addresses begin with these octets, each followed by a dot; all addresses for none. */
    static Optional<IpNetwork> octets(String octets) {
        int count = (int) octets.chars().filter(c -> c == '.').count();
        return count > 3 ? Optional.empty() : IpNetwork.parse(octets + "0.".repeat(3 - count) + "0/" + 8 * count);
    }

    private static Set<IpNetwork> range(String from, String to) {
        Optional<IpNetwork> first = IpNetwork.parse(from);
        Optional<IpNetwork> last = IpNetwork.parse(to);
        if (first.isPresent() && last.isEmpty() && to.matches("[0-9]{1,3}")) { // 192.0.2.1-20
            last = IpNetwork.parse(from.substring(0, from.lastIndexOf('.') + 1) + to);
        }
        if (first.isEmpty()
                || last.isEmpty()
                || first.get().address().length != last.get().address().length) {
            return Set.of();
        }
        int bits = first.get().address().length * 8;
        BigInteger at = new BigInteger(1, first.get().address());
        BigInteger end = new BigInteger(1, last.get().address());
        Set<IpNetwork> networks = new LinkedHashSet<>();
        while (at.compareTo(end) <= 0) { // at most two networks per bit
            int free = Math.min(at.signum() == 0 ? bits : at.getLowestSetBit(), bits);
            while (at.add(BigInteger.ONE.shiftLeft(free))
                            .subtract(BigInteger.ONE)
                            .compareTo(end)
                    > 0) {
                free--;
            }
            networks.add(network(at, bits, bits - free));
            at = at.add(BigInteger.ONE.shiftLeft(free));
        }
        return networks;
    }

    private static IpNetwork network(BigInteger address, int bits, int prefix) {
        StringBuilder text = new StringBuilder();
        int step = bits == 32 ? 8 : 16;
        for (int shift = bits - step; shift >= 0; shift -= step) {
            int part = address.shiftRight(shift).intValue() & ((1 << step) - 1);
            text.append(text.isEmpty() ? "" : bits == 32 ? "." : ":")
                    .append(bits == 32 ? String.valueOf(part) : Integer.toHexString(part));
        }
        return IpNetwork.parse(text.append('/').append(prefix).toString()).orElseThrow();
    }

    /** Numbers as {@code inet_aton} reads them; with leading zeros octal and, to be safe, decimal. */
    private static Set<IpNetwork> numbers(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return Set.of();
        }
        Set<IpNetwork> networks = new LinkedHashSet<>();
        for (boolean octal : List.of(true, false)) {
            List<Long> numbers = new ArrayList<>();
            for (String part : parts) {
                number(part, octal).ifPresent(numbers::add);
            }
            long address = numbers.size() == parts.length ? address(numbers) : -1;
            if (address >= 0) {
                networks.add(network(BigInteger.valueOf(address), 32, 32));
            }
        }
        return networks;
    }

    private static Optional<Long> number(String part, boolean octal) {
        if (!NUMBER.matcher(part).matches()) {
            return Optional.empty();
        }
        boolean hexadecimal = part.length() > 2 && (part.charAt(1) | 0x20) == 'x';
        boolean zero = octal && part.length() > 1 && part.charAt(0) == '0' && !hexadecimal;
        if (zero && part.chars().anyMatch(c -> c > '7')) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(hexadecimal ? part.substring(2) : part, hexadecimal ? 16 : zero ? 8 : 10));
    }

    /** The last number fills all bytes that are left; -1 when a number is too large. */
    private static long address(List<Long> numbers) {
        long address = 0;
        for (int i = 0; i < numbers.size(); i++) {
            boolean last = i == numbers.size() - 1;
            int bits = last ? 32 - 8 * i : 8;
            if (numbers.get(i) >= 1L << bits) {
                return -1;
            }
            address |= numbers.get(i) << (last ? 0 : 24 - 8 * i);
        }
        return address;
    }
}
