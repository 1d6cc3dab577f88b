package uz.koprik.indicators.observable.coins;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import uz.koprik.crypto.Blake2b;

/**
 * Addresses in base 58, by the bytes that they hold. Families are named after the coin that is reported most often
 * under a form; several coins may share the form, and {@link #coins} names all that are known.
 */
public final class Base58Address {

    /** A form: its family, and the coins that write addresses so. */
    private record Version(String family, List<String> coins) {}

    /** By the bytes before a hash of 20 bytes, as one number; those of two and three bytes are above 0xFF. */
    private static final Map<Integer, Version> VERSIONS = new HashMap<>();

    static {
        put(0x00, "btc", "BTC", "BCH", "BSV");
        put(0x05, "btc", "BTC", "BCH", "BSV", "LTC");
        put(0x30, "ltc", "LTC");
        put(0x32, "ltc", "LTC", "QTUM", "MEC");
        put(0x1E, "doge", "DOGE", "DGB", "PIVX", "XVG");
        put(0x16, "doge", "DOGE");
        put(0x4C, "dash", "DASH");
        put(0x10, "dash", "DASH");
        put(0x41, "trx", "TRX");
        put(0x26, "btg", "BTG", "GRLC", "GAME");
        put(0x17, "btg", "BTG", "NEO", "AUR", "XPM");
        put(0x53, "xpm", "XPM");
        put(0x19, "blk", "BLK", "BVC", "BIO");
        put(0x14, "bio", "BIO");
        put(0x38, "pts", "PTS");
        put(0x12, "slr", "SLR");
        put(0x3A, "qtum", "QTUM", "LTC (test)");
        put(0x35, "neo", "NEO");
        put(0x3F, "dgb", "DGB", "PIVX");
        put(0x0D, "nmc", "NMC", "PIVX");
        put(0x34, "nmc", "NMC");
        put(0x37, "ppc", "PPC");
        put(0x75, "ppc", "PPC");
        put(0x47, "vtc", "VTC");
        put(0x3C, "rvn", "RVN", "KMD");
        put(0x55, "kmd", "KMD", "LBC");
        put(0x7A, "rvn", "RVN");
        put(0x1CB8, "zec", "ZEC", "ZCL", "BTCZ", "HUSH", "VOT");
        put(0x1CBD, "zec", "ZEC", "ZCL", "BTCZ", "HUSH", "VOT");
        put(0x1325, "btcp", "BTCP");
        put(0x13AF, "btcp", "BTCP");
        put(0x1C28, "sng", "SNG");
        put(0x1C2D, "sng", "SNG");
        put(0x2089, "zen", "ZEN");
        put(0x2096, "zen", "ZEN");
        // Tezos: accounts of four kinds of keys, and contracts
        put(0x06A19F, "xtz", "XTZ");
        put(0x06A1A1, "xtz", "XTZ");
        put(0x06A1A4, "xtz", "XTZ");
        put(0x06A1A6, "xtz", "XTZ");
        put(0x025A79, "xtz", "XTZ");
        // test networks
        put(0x6F, "btc-test", "BTC", "BCH", "BSV", "LTC");
        put(0xC4, "btc-test", "BTC", "BCH", "BSV", "LTC", "DOGE");
        put(0x71, "doge-test", "DOGE");
        put(0x8C, "dash-test", "DASH");
        put(0x13, "dash-test", "DASH");
        put(0x78, "qtum-test", "QTUM");
        put(0x6E, "qtum-test", "QTUM");
        put(0x2098, "zen-test", "ZEN");
        put(0x2092, "zen-test", "ZEN");
        put(0x1957, "btcp-test", "BTCP");
        put(0x19E0, "btcp-test", "BTCP");
        put(0x1D25, "zec-test", "ZEC");
        put(0x1CBA, "zec-test", "ZEC");
    }

    private static final byte[] SS58 = "SS58PRE".getBytes(StandardCharsets.US_ASCII);

    private Base58Address() {}

    private static void put(int version, String family, String... coins) {
        VERSIONS.put(version, new Version(family, List.of(coins)));
    }

    /** The family of an address whose check bytes fit, or null. */
    public static String family(byte[] payload) {
        Version version = version(payload);
        return version == null ? null : version.family;
    }

    /** The coins that write addresses of this form; empty when the form is not known. */
    public static List<String> coins(byte[] payload) {
        Version version = version(payload);
        return version == null ? List.of() : version.coins;
    }

    private static Version version(byte[] payload) {
        int bytes = payload.length - 20;
        if (bytes < 1 || bytes > 3) {
            return null;
        }
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | (payload[i] & 0xFF);
        }
        return bytes == 1 || payload[0] != 0 ? VERSIONS.get(number) : null;
    }

    /**
     * The family of an account of Polkadot and chains built alike (SS58): the network, a key of 32 bytes and two check
     * bytes; null when it is none. The check is short, so only networks in wide use are taken.
     */
    public static String substrate(byte[] bytes) {
        int network = bytes.length == 35 ? bytes[0] : -1;
        String family =
                switch (network) {
                    case 0 -> "dot";
                    case 2 -> "ksm";
                    case 42 -> "substrate";
                    default -> null;
                };
        if (family == null) {
            return null;
        }
        byte[] hash = Blake2b.hash(64, SS58, Arrays.copyOf(bytes, 33));
        return hash[0] == bytes[33] && hash[1] == bytes[34] ? family : null;
    }

    /**
     * The family of an address of Cardano before Shelley: CBOR of a pair, a tagged text of bytes and its CRC-32; null
     * when it is none. An address of a test network names its network among its attributes.
     */
    public static String byron(byte[] bytes) {
        if (bytes.length < 40 || (bytes[0] & 0xFF) != 0x82 || (bytes[1] & 0xFF) != 0xD8 || bytes[2] != 0x18) {
            return null;
        }
        int from = bytes[3] == 0x58 ? 5 : -1;
        int end = from < 0 ? -1 : from + (bytes[4] & 0xFF);
        if (from < 0 || end >= bytes.length || end - from < 32) {
            return null;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes, from, end - from);
        boolean body = (bytes[from] & 0xFF) == 0x83 && bytes[from + 1] == 0x58 && bytes[from + 2] == 0x1C;
        if (!body || unsigned(bytes, end) != crc.getValue()) {
            return null;
        }
        return namesNetwork(bytes, from + 31, end) ? "ada-test" : "ada";
    }

    /** A whole number that ends the bytes, or -1. */
    private static long unsigned(byte[] bytes, int at) {
        int head = bytes[at] & 0xFF;
        int size = head < 0x18 ? 0 : head <= 0x1A ? 1 << (head - 0x18) : -1;
        if (size < 0 || at + 1 + size != bytes.length) {
            return -1;
        }
        long number = size == 0 ? head : 0;
        for (int i = 0; i < size; i++) {
            number = number << 8 | (bytes[at + 1 + i] & 0xFF);
        }
        return number;
    }

    /** Whether a map of short texts of bytes has the key 2, under which the number of a test network stands. */
    private static boolean namesNetwork(byte[] bytes, int map, int end) {
        int entries = (bytes[map] & 0xE0) == 0xA0 ? bytes[map] & 0x1F : 0;
        int at = map + 1;
        for (int i = 0; i < entries && at + 1 < end; i++) {
            if (bytes[at] == 2) {
                return true;
            }
            int head = bytes[at + 1] & 0xFF;
            at += head == 0x58 && at + 2 < end ? 3 + (bytes[at + 2] & 0xFF) : 2 + (head & 0x1F);
        }
        return false;
    }
}
