package uz.koprik.indicators.observable;

import java.util.Arrays;
import java.util.Optional;

/**
 * An IPv4 or IPv6 network in CIDR notation; a single address is a network of its own. Bits after the prefix do not
 * count.
 */
public final class IpNetwork {

    private final byte[] address;
    private final int prefix;

    private IpNetwork(byte[] address, int prefix) {
        this.address = address.clone();
        this.prefix = prefix;
        IpAddress.mask(this.address, prefix);
    }

    /** Reads {@code 192.0.2.1}, {@code 192.0.2.0/24} or the like of IPv6; empty when it is neither. */
    public static Optional<IpNetwork> parse(String text) {
        int slash = text.indexOf('/');
        int end = slash < 0 ? text.length() : slash;
        if (end > 45 || (text.indexOf(':') < 0 && !IpAddress.isV4(text, 0, end))) {
            return Optional.empty();
        }
        try {
            String address = text.substring(0, end);
            ObservableKind kind = text.indexOf(':') < 0 ? ObservableKind.IPV4 : ObservableKind.IPV6;
            byte[] bytes = kind == ObservableKind.IPV4 ? IpAddress.v4(kind, address) : IpAddress.v6(kind, address);
            int bits = bytes.length * 8;
            return Optional.of(
                    new IpNetwork(bytes, slash < 0 ? bits : IpAddress.prefix(kind, text.substring(slash + 1), bits)));
        } catch (InvalidObservable e) {
            return Optional.empty();
        }
    }

    /**
     * The network of an IPv4 address and a mask, with a slash or blanks between: {@code 192.0.2.0/255.255.255.0}. The
     * wildcard of a router, {@code 192.0.2.0 0.0.0.255}, is the opposite of a mask.
     *
     * @return empty when the text is nothing of that form
     */
    public static Optional<Observable> masked(String text) {
        int address = 0;
        while (address < text.length() && "/ \t".indexOf(text.charAt(address)) < 0) {
            address++;
        }
        String mask = text.substring(address).strip();
        mask = mask.startsWith("/") ? mask.substring(1).strip() : mask;
        boolean wildcard = mask.startsWith("0.") && !mask.equals("0.0.0.0");
        if (!(wildcard || mask.startsWith("255."))
                || !IpAddress.isV4(mask, 0, mask.length())
                || !IpAddress.isV4(text, 0, address)) {
            return Optional.empty();
        }
        int bits = 0;
        for (String part : mask.split("\\.", -1)) {
            bits = bits << 8 | Integer.parseInt(part);
        }
        bits = wildcard ? ~bits : bits;
        int prefix = Integer.bitCount(bits);
        boolean leading = bits == -1 << (32 - prefix);
        try {
            return leading
                    ? Optional.of(ObservableKind.CIDR.normalise(text.substring(0, address) + '/' + prefix))
                    : Optional.empty();
        } catch (InvalidObservable e) {
            return Optional.empty(); // not reached: both parts are addresses
        }
    }

    /** How many leading bits count. */
    public int prefix() {
        return prefix;
    }

    /**
     * The network of fewer leading bits that this one lies in.
     *
     * @param bits at most {@link #prefix()}
     */
    public IpNetwork wider(int bits) {
        if (bits > prefix) {
            throw new IllegalArgumentException("/" + bits + " is not wider than /" + prefix);
        }
        return new IpNetwork(address, bits);
    }

    /** Whether every address of {@code other} is in this network; never across versions. */
    public boolean contains(IpNetwork other) {
        if (address.length != other.address.length || prefix > other.prefix) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != other.address[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((address[whole] ^ other.address[whole]) & 0xFF) >>> (8 - rest) == 0;
    }

    /** Its last address. */
    public IpNetwork last() {
        byte[] last = address.clone();
        for (int bit = prefix; bit < last.length * 8; bit++) {
            last[bit / 8] |= (byte) (0x80 >>> bit % 8);
        }
        return new IpNetwork(last, last.length * 8);
    }

    /** The first address, 4 or 16 bytes. */
    public byte[] address() {
        return address.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpNetwork network
                && prefix == network.prefix
                && Arrays.equals(address, network.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + prefix;
    }

    /** In the normal form of observables: an address, or a network with its prefix. */
    @Override
    public String toString() {
        return IpAddress.text(address) + (prefix < address.length * 8 ? "/" + prefix : "");
    }
}
