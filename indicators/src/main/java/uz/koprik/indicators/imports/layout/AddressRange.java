package uz.koprik.indicators.imports.layout;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/** Ranges of addresses, such as {@code 192.0.2.1-192.0.2.10}, as the networks that make them up. */
public final class AddressRange {

    private static final Pattern RANGE =
            Pattern.compile("([0-9a-fA-F.:]{2,45})\\s*[-\u2013\u2014]\\s*([0-9a-fA-F.:]{1,45})");
    private static final Pattern OCTET = Pattern.compile("\\d{1,3}");

    private AddressRange() {}

    /**
     * The networks and addresses of a range, in their order.
     *
     * @return empty when the text is no range, or its end stands before its beginning
     */
    public static Optional<List<Observable>> parse(String text) {
        if (text.length() > 100 || (text.indexOf('.') < 0 && text.indexOf(':') < 0)) {
            return Optional.empty();
        }
        Matcher range = RANGE.matcher(text.strip());
        if (!range.matches()) {
            return Optional.empty();
        }
        String first = range.group(1);
        String last = range.group(2);
        if (OCTET.matcher(last).matches() && first.indexOf(':') < 0 && first.lastIndexOf('.') > 0) {
            last = first.substring(0, first.lastIndexOf('.') + 1) + last;
        }
        try {
            boolean six = first.indexOf(':') >= 0;
            ObservableKind kind = six ? ObservableKind.IPV6 : ObservableKind.IPV4;
            if (six != last.indexOf(':') >= 0) {
                return Optional.empty();
            }
            return networks(number(kind.normalise(first)), number(kind.normalise(last)), six ? 128 : 32);
        } catch (InvalidObservable | UnknownHostException e) {
            return Optional.empty(); // looks like a range and is none
        }
    }

    /** @throws UnknownHostException never for the normal form of an address */
    private static BigInteger number(Observable address) throws UnknownHostException {
        return new BigInteger(1, InetAddress.getByName(address.value()).getAddress());
    }

    private static Optional<List<Observable>> networks(BigInteger first, BigInteger last, int bits)
            throws InvalidObservable, UnknownHostException {
        List<Observable> networks = new ArrayList<>();
        BigInteger at = first;
        if (first.compareTo(last) > 0) {
            return Optional.empty();
        }
        while (at.compareTo(last) <= 0) {
            int free = at.signum() == 0 ? bits : Math.min(at.getLowestSetBit(), bits);
            while (at.add(BigInteger.ONE.shiftLeft(free))
                            .subtract(BigInteger.ONE)
                            .compareTo(last)
                    > 0) {
                free--;
            }
            networks.add(ObservableKind.CIDR.normalise(address(at, bits) + '/' + (bits - free)));
            at = at.add(BigInteger.ONE.shiftLeft(free));
        }
        return Optional.of(networks);
    }

    private static String address(BigInteger number, int bits) throws UnknownHostException {
        byte[] bytes = new byte[bits / 8];
        byte[] given = number.toByteArray();
        int length = Math.min(given.length, bytes.length);
        System.arraycopy(given, given.length - length, bytes, bytes.length - length, length);
        return InetAddress.getByAddress(bytes).getHostAddress();
    }
}
