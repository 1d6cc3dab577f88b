package uz.koprik.gateway.sources;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.trouble.SourceTrouble;

/**
 * Finds the address of a host and refuses one that is not public. The connection goes to the address that was examined:
 * a second look at the name could have another answer.
 */
final class PublicAddress {

    private static final int BYTE = 0xFF;
    private static final int IPV4_BYTES = 4;

    private PublicAddress() {}

    /** @throws SourceFailure when the name is unknown, or one of its addresses is not public and must be */
    static InetAddress of(FeedSource source, String host) throws SourceFailure {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new SourceFailure(SourceTrouble.FEED_HOST_UNKNOWN.with(Map.of("host", host)), unknown);
        }
        if (!source.privateNetworks()) {
            for (InetAddress one : all) {
                if (!isPublic(one)) {
                    throw new SourceFailure(SourceTrouble.FEED_HOST_NOT_PUBLIC.with(
                            Map.of("host", host, "address", one.getHostAddress())));
                }
            }
        }
        return all[0];
    }

    /** Whether an address is of the public internet (RFC 6890), also when IPv6 only wraps it. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6((Inet6Address) address, bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & BYTE;
        int second = bytes[1] & BYTE;
        int third = bytes[2] & BYTE;
        boolean special = first == 0
                || first >= 240
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0 && third == 0)
                || (first == 198 && (second == 18 || second == 19));
        return !special;
    }

    private static boolean isPublic6(Inet6Address address, byte[] bytes) {
        if ((bytes[0] & 0xFE) == 0xFC || (bytes[0] == 0 && bytes[1] == 0)) {
            return false; // unique local addresses, and everything in ::/16
        }
        for (Wrapping form : Wrapping.ALL) {
            if (form.holds(bytes) && !isPublic(form.inner(address, bytes))) {
                return false;
            }
        }
        return true;
    }

    /** A form of IPv6 that holds an address of IPv4. */
    private record Wrapping(List<Integer> prefix, int at) {

        /** 6to4 (RFC 3056) and NAT64 (RFC 6052). */
        static final List<Wrapping> ALL =
                List.of(new Wrapping(List.of(0x20, 0x02), 2), new Wrapping(List.of(0x00, 0x64, 0xFF, 0x9B), 12));

        boolean holds(byte[] bytes) {
            for (int i = 0; i < prefix.size(); i++) {
                if ((bytes[i] & BYTE) != prefix.get(i)) {
                    return false;
                }
            }
            return true;
        }

        InetAddress inner(Inet6Address outer, byte[] bytes) {
            try {
                return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + IPV4_BYTES));
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException(outer + " holds four bytes", impossible);
            }
        }
    }
}
