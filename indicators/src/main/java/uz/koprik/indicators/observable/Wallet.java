package uz.koprik.indicators.observable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.Ed25519Point;
import uz.koprik.crypto.Keccak256;
import uz.koprik.indicators.observable.coins.Base32Address;
import uz.koprik.indicators.observable.coins.Base58Address;
import uz.koprik.indicators.observable.coins.HashedAddress;
import uz.koprik.indicators.observable.coins.TonAddress;
import uz.koprik.indicators.observable.forms.ValueRemark;

/**
 * Addresses of cryptocurrency wallets, checked by the check digits they carry: {@code family:address}.
 *
 * <p>The family follows from the address alone, so that one address has one normal form, for every coin that it is said
 * to hold; see {@link Coin}. It names the form of the address: several coins may write addresses so, and
 * {@link #remarks} names them all. A family that ends in {@code -test} is of test networks. A Bitcoin Cash address in
 * CashAddr is written in the older form it is another spelling of.
 */
final class Wallet {

    private static final String TEST = "-test";

    /** Families by the human-readable part of addresses with a segregated witness. */
    private static final Map<String, String> SEGWIT = Map.of(
            "bc",
            "btc",
            "ltc",
            "ltc",
            "btg",
            "btg",
            "dgb",
            "dgb",
            "vtc",
            "vtc",
            "tb",
            "btc-test",
            "bcrt",
            "btc-test",
            "tltc",
            "ltc-test");

    /** Networks of Monero by the first byte of standard addresses, subaddresses and integrated addresses. */
    private static final Set<Integer> MONERO = Set.of(18, 42, 19);

    /** Of Oxen, Loki before, which writes addresses as Monero does. */
    private static final int OXEN = 114;

    private static final int OXEN_INTEGRATED = 115;
    private static final int OXEN_SUBADDRESS = 116;

    private static final Set<Integer> MONERO_TEST = Set.of(53, 63, 54, 24, 36, 25);

    private Wallet() {}

    /** From an address, an address with its coin ({@code btc:1…}) or a payment URI ({@code bitcoin:1…?amount=1}). */
    static String normalForm(ObservableKind kind, String raw) throws InvalidObservable {
        int colon = raw.indexOf(':');
        Set<String> wanted = null;
        String address = raw;
        if (colon > 0 && !TonAddress.isRaw(raw)) {
            wanted = Coin.families(raw.substring(0, colon));
            if (wanted == null) {
                throw new InvalidObservable(kind, "not the name of a coin that is known here");
            }
            int query = raw.indexOf('?');
            address = raw.substring(colon + 1, query < colon ? raw.length() : query)
                    .strip();
            address = address.startsWith("//") ? address.substring(2) : address;
        }
        String found = wanted == null || wanted.contains("sol") ? solana(address, wanted != null) : null;
        found = found == null && wanted != null && wanted.contains("apt") ? HashedAddress.aptos(address) : found;
        found = found == null && raw.regionMatches(true, 0, "bchtest:", 0, 8) ? cashAddress(address, "bchtest") : found;
        found = found == null ? known(address) : found;
        if (found == null) {
            throw new InvalidObservable(kind, problem(address));
        }
        if (wanted != null && !isOneOf(wanted, found)) {
            throw new InvalidObservable(kind, "the address is not one of that coin");
        }
        return found;
    }

    /** Whether the name of a coin or family stands before the first colon. */
    static boolean namesItsCoin(String text) {
        return Coin.families(text.substring(0, text.indexOf(':'))) != null;
    }

    /** Whether a word is worth decoding; most words are not. Without the name of its coin it needs check digits. */
    static boolean looksLikeOne(String word) {
        if (word.length() < 25 || word.length() > 110) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Ascii.isLetter(c) && !Ascii.isDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return !mayBeSolana(word) || known(word) != null;
    }

    /** What people should know of a normal form besides the value: all coins that share its form, and test networks. */
    static List<ValueRemark> remarks(String value) {
        int colon = value.indexOf(':');
        String family = value.substring(0, colon);
        List<ValueRemark> remarks = new ArrayList<>();
        List<String> coins = coins(value.substring(colon + 1));
        if (family.equals("eth")) {
            remarks.add(ValueRemark.ofCoins(ValueRemark.Code.EVM_FORM, List.of("ETH")));
        } else if (coins.size() > 1) {
            remarks.add(ValueRemark.ofCoins(ValueRemark.Code.SHARED_FORM, coins));
        }
        if (family.endsWith(TEST)) {
            remarks.add(ValueRemark.ofCoins(ValueRemark.Code.TEST_NETWORK, List.of()));
        }
        return List.copyOf(remarks);
    }

    private static List<String> coins(String address) {
        byte[] payload = address.length() > 36 ? null : Base58.decodeChecked(address, Base58.BITCOIN);
        return payload == null ? List.of() : Base58Address.coins(payload);
    }

    private static boolean isOneOf(Set<String> wanted, String found) {
        String family = found.substring(0, found.indexOf(':'));
        return wanted.contains(family)
                || wanted.contains(found.substring(0, family.length() + 2)) // btc:3
                || (family.endsWith(TEST) && wanted.contains(family.substring(0, family.length() - TEST.length())))
                || (family.equals("btc-test") && wanted.stream().anyMatch(Coin::sharesTestForms));
    }

    /** Tries the forms by length and first characters, the cheap ones first. */
    private static String known(String address) {
        int length = address.length();
        if (length < 25 || length > 128) {
            return null;
        }
        if (address.regionMatches(true, 0, "0x", 0, 2)) {
            return ethereum(address);
        }
        if (TonAddress.isRaw(address)) {
            return TonAddress.ofRaw(address);
        }
        String found = length >= 40 ? Base32Address.normalForm(address) : null;
        found = found == null && address.indexOf('1') > 0 ? bech32(address) : found;
        found = found == null && length >= 42 ? cashAddress(address, "bitcoincash") : found;
        found = found == null && (length == 95 || length == 106) ? monero(address) : found;
        found = found == null && length == 48 ? TonAddress.normalForm(address) : found;
        found = found == null && "rXT".indexOf(address.charAt(0)) >= 0 ? ripple(address) : found;
        found = found == null && length >= 46 && length <= 48 ? substrate(address) : found;
        found = found == null && length == 35 && address.charAt(0) == '3' ? waves(address) : found;
        found = found == null && length == HashedAddress.SIA ? HashedAddress.sia(address) : found;
        found = found == null && length >= 50 && isByron(address) ? byron(address) : found;
        return found == null && length <= 36 ? base58(address) : found;
    }

    private static String problem(String address) {
        if (address.regionMatches(true, 0, "0x", 0, 2)) {
            return address.length() == 42 && Hash.isHex(address.substring(2))
                    ? "upper and lower case do not fit the address (EIP-55)"
                    : "0x and 40 hexadecimal digits are expected";
        }
        if (Base32Address.isStellarSeed(address) || isPrivateKey(address)) {
            return "this is a secret key, which is never kept: report the address that belongs to it";
        }
        return "no address of a coin that is known here, or a character of it is wrong";
    }

    /** Private keys of Bitcoin and coins built alike: 32 bytes, and a one for compressed public keys. */
    private static boolean isPrivateKey(String text) {
        byte[] payload = text.length() < 51 || text.length() > 52 ? null : Base58.decodeChecked(text, Base58.BITCOIN);
        return payload != null
                && (payload.length == 33 || (payload.length == 34 && payload[33] == 1))
                && payload[0] < 0; // 0x80 and above
    }

    private static String base58(String address) {
        byte[] payload = Base58.decodeChecked(address, Base58.BITCOIN);
        String family = payload == null ? null : Base58Address.family(payload);
        return family == null ? null : family + ':' + address;
    }

    private static String substrate(String address) {
        byte[] bytes = Base58.decode(address, Base58.BITCOIN);
        String family = bytes == null ? null : Base58Address.substrate(bytes);
        return family == null ? null : family + ':' + address;
    }

    private static String waves(String address) {
        byte[] bytes = Base58.decode(address, Base58.BITCOIN);
        String family = bytes == null ? null : HashedAddress.waves(bytes);
        return family == null ? null : family + ':' + address;
    }

    private static boolean isByron(String address) {
        return "AD234".indexOf(address.charAt(0)) >= 0; // what the tag and the lengths of CBOR look like in base 58
    }

    private static String byron(String address) {
        byte[] bytes = Base58.decode(address, Base58.BITCOIN);
        String family = bytes == null ? null : Base58Address.byron(bytes);
        return family == null ? null : family + ':' + address;
    }

    /** An account, or an X-address, which holds an account and a tag (XLS-5). */
    private static String ripple(String address) {
        byte[] payload = Base58.decodeChecked(address, Base58.RIPPLE);
        if (payload == null) {
            return null;
        }
        if (payload.length == 21 && payload[0] == 0) {
            return "xrp:" + address;
        }
        if (payload.length == 31 && payload[0] == 5 && payload[1] == 0x44) {
            return "xrp:" + address;
        }
        return payload.length == 31 && payload[0] == 4 && payload[1] == (byte) 0x93 ? "xrp-test:" + address : null;
    }

    /** BIP-173 and BIP-350 for segregated witness, and Bech32 as other chains use it. */
    private static String bech32(String address) {
        Bech32.Decoded decoded = Bech32.decode(address);
        if (decoded == null) {
            return null;
        }
        String lower = address.toLowerCase(Locale.ROOT);
        String family = SEGWIT.get(decoded.prefix);
        if (family == null) {
            byte[] bytes = decoded.modified ? null : Bech32.toBytes(decoded.data, 0, decoded.data.length);
            return bytes == null
                    ? null
                    : switch (decoded.prefix) {
                        case "addr", "stake" -> isCardano(bytes, decoded.prefix, 1) ? "ada:" + lower : null;
                        case "addr_test", "stake_test" ->
                            isCardano(bytes, decoded.prefix, 0) ? "ada-test:" + lower : null;
                        case "cro" -> bytes.length == 20 || bytes.length == 32 ? "cro:" + lower : null;
                        case "tcro" -> bytes.length == 20 || bytes.length == 32 ? "cro-test:" + lower : null;
                        case "zs" -> bytes.length == 43 ? "zec:" + lower : null;
                        case "ztestsapling" -> bytes.length == 43 ? "zec-test:" + lower : null;
                        default -> null;
                    };
        }
        if (address.length() > 90 || decoded.data.length == 0) {
            return null;
        }
        int version = decoded.data[0];
        byte[] program = Bech32.toBytes(decoded.data, 1, decoded.data.length);
        boolean length = program != null
                && program.length >= 2
                && program.length <= 40
                && (version != 0 || program.length == 20 || program.length == 32);
        return length && version <= 16 && decoded.modified == version > 0 ? family + ':' + lower : null;
    }

    /** CIP-19: the first byte is the kind and the network; the kind fixes the length but for pointers. */
    private static boolean isCardano(byte[] bytes, String prefix, int network) {
        if (bytes.length == 0 || (bytes[0] & 0x0F) != network) {
            return false;
        }
        int kind = (bytes[0] & 0xFF) >> 4;
        if (prefix.startsWith("stake")) {
            return kind >= 14 && bytes.length == 29;
        }
        return switch (kind) {
            case 0, 1, 2, 3 -> bytes.length == 57;
            case 4, 5 -> bytes.length > 31 && bytes.length < 57;
            case 6, 7 -> bytes.length == 29;
            default -> false;
        };
    }

    /** Addresses of Bitcoin Cash since 2018, rewritten as they were before where that is possible. */
    private static String cashAddress(String address, String prefix) {
        byte[] bytes = Bech32.cashAddress(address, prefix);
        if (bytes == null || bytes.length == 0 || bytes[0] < 0) {
            return null;
        }
        boolean test = !prefix.equals("bitcoincash");
        int type = bytes[0] >> 3;
        int size = bytes[0] & 7;
        if (type <= 3 && size == 0 && bytes.length == 21) {
            byte[] legacy = bytes.clone();
            boolean key = type % 2 == 0; // types 2 and 3 say that the wallet takes tokens
            legacy[0] = (byte) (test ? (key ? 0x6F : 0xC4) : (key ? 0x00 : 0x05));
            return (test ? "btc-test:" : "btc:") + Base58.encodeChecked(legacy);
        }
        boolean longHash = type <= 3 && size == 3 && bytes.length == 33;
        return longHash ? (test ? "bch-test:" : "bch:") + address.toLowerCase(Locale.ROOT) : null;
    }

    /** Mixed case carries check digits (EIP-55); one case alone carries none. */
    private static String ethereum(String address) {
        String digits = address.substring(2);
        if (digits.length() != 40 || !Hash.isHex(digits)) {
            return null;
        }
        String lower = digits.toLowerCase(Locale.ROOT);
        boolean oneCase = digits.equals(lower) || digits.equals(digits.toUpperCase(Locale.ROOT));
        return oneCase || digits.equals(checksummed(lower)) ? "eth:0x" + lower : null;
    }

    private static String checksummed(String lower) {
        byte[] hash = Keccak256.hash(lower.getBytes(StandardCharsets.US_ASCII), 0, 40);
        StringBuilder out = new StringBuilder(lower);
        for (int i = 0; i < 40; i++) {
            int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xF;
            if (nibble >= 8) {
                out.setCharAt(i, Character.toUpperCase(lower.charAt(i)));
            }
        }
        return out.toString();
    }

    /** Base 58 in blocks of eight bytes; the first byte is the network and kind, the last four are check bytes. */
    private static String monero(String address) {
        int size = address.length() == 95 ? 69 : 77;
        byte[] bytes = new byte[size];
        for (int block = 0; block * 8 < size; block++) {
            int length = Math.min(8, size - block * 8);
            int from = block * 11;
            byte[] part = Base58.decode(address.substring(from, Math.min(from + 11, address.length())), Base58.BITCOIN);
            if (part == null) {
                return null;
            }
            int significant = 0;
            while (significant < part.length && part[significant] == 0) {
                significant++;
            }
            int used = part.length - significant;
            if (used > length) {
                return null;
            }
            System.arraycopy(part, significant, bytes, block * 8 + length - used, used);
        }
        int network = bytes[0];
        boolean integrated = network == 19 || network == 54 || network == 25 || network == OXEN_INTEGRATED;
        byte[] check = Arrays.copyOf(Keccak256.hash(bytes, 0, size - 4), 4);
        if (integrated != (size == 77) || !Arrays.equals(check, Arrays.copyOfRange(bytes, size - 4, size))) {
            return null;
        }
        if (network == OXEN || network == OXEN_INTEGRATED || network == OXEN_SUBADDRESS) {
            return "oxen:" + address;
        }
        return MONERO.contains(network)
                ? "xmr:" + address
                : MONERO_TEST.contains(network) ? "xmr-test:" + address : null;
    }

    private static boolean mayBeSolana(String address) {
        return address.length() >= 32 && address.length() <= 44;
    }

    /**
     * A key of 32 bytes without check digits, unless the text has those of Bech32 and so is of another chain. When the
     * coin is named every key is taken, such as those of programs. When only the kind is named it must be a point of
     * the curve, as the keys of accounts of people are.
     */
    private static String solana(String address, boolean named) {
        byte[] key = mayBeSolana(address) ? Base58.decode(address, Base58.BITCOIN) : null;
        boolean fits = key != null && key.length == 32 && Bech32.decode(address) == null;
        return fits && (named || Ed25519Point.isOnCurve(key)) ? "sol:" + address : null;
    }
}
