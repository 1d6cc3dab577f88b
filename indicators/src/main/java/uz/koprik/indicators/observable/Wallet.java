package uz.koprik.indicators.observable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.Keccak256;

/**
 * Addresses of cryptocurrency wallets, checked by the check digits they carry: {@code family:address}.
 *
 * <p>The family follows from the address alone, so that one address has one normal form, for every coin that it is said
 * to hold; see {@link Coin}. A Bitcoin Cash address in CashAddr is written in the older form it is another spelling of.
 */
final class Wallet {

    /** First bytes of base 58 addresses whose rest is a hash of 20 bytes. */
    private static final Map<Integer, String> VERSIONS = Map.ofEntries(
            Map.entry(0x00, "btc"),
            Map.entry(0x05, "btc"),
            Map.entry(0x30, "ltc"),
            Map.entry(0x32, "ltc"),
            Map.entry(0x1E, "doge"),
            Map.entry(0x16, "doge"),
            Map.entry(0x4C, "dash"),
            Map.entry(0x10, "dash"),
            Map.entry(0x41, "trx"),
            Map.entry(0x26, "btg"),
            Map.entry(0x17, "btg"));

    private static final Map<String, String> SEGWIT = Map.of("bc", "btc", "ltc", "ltc", "btg", "btg");

    private Wallet() {}

    /** From an address, an address with its coin ({@code btc:1…}) or a payment URI ({@code bitcoin:1…?amount=1}). */
    static String normalForm(ObservableKind kind, String raw) throws InvalidObservable {
        int colon = raw.indexOf(':');
        Set<String> wanted = null;
        String address = raw;
        if (colon > 0) {
            wanted = Coin.families(raw.substring(0, colon));
            if (wanted == null) {
                throw new InvalidObservable(kind, "not the name of a coin that is known here");
            }
            int query = raw.indexOf('?');
            address = raw.substring(colon + 1, query < colon ? raw.length() : query)
                    .strip();
            address = address.startsWith("//") ? address.substring(2) : address;
        }
        String found = wanted != null && wanted.contains("sol") ? solana(address) : null;
        found = found == null ? known(address) : found;
        if (found == null) {
            throw new InvalidObservable(kind, problem(address));
        }
        if (wanted != null && !wanted.contains(found.substring(0, found.indexOf(':')))) {
            throw new InvalidObservable(kind, "the address is not one of that coin");
        }
        return found;
    }

    /** Whether the name of a coin or family stands before the first colon. */
    static boolean namesItsCoin(String text) {
        return Coin.families(text.substring(0, text.indexOf(':'))) != null;
    }

    /** Whether a word is worth decoding; most words are not. */
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
        return true;
    }

    private static String known(String address) {
        if (address.length() < 25 || address.length() > 128) {
            return null;
        }
        if (address.regionMatches(true, 0, "0x", 0, 2)) {
            return ethereum(address);
        }
        String found = address.indexOf('1') > 0 ? bech32(address) : null;
        found = found == null && address.length() >= 42 ? cashAddress(address) : found;
        found = found == null && (address.length() == 95 || address.length() == 106) ? monero(address) : found;
        found = found == null && address.length() == 48 ? ton(address) : found;
        if (found == null && address.charAt(0) == 'r') {
            byte[] ripple = Base58.decodeChecked(address, Base58.RIPPLE);
            found = ripple != null && ripple.length == 21 && ripple[0] == 0 ? "xrp:" + address : null;
        }
        return found == null && address.length() <= 36 ? base58(address) : found;
    }

    private static String problem(String address) {
        if (address.regionMatches(true, 0, "0x", 0, 2)) {
            return address.length() == 42 && Hash.isHex(address.substring(2))
                    ? "upper and lower case do not fit the address (EIP-55)"
                    : "0x and 40 hexadecimal digits are expected";
        }
        return "no address of a coin that is known here, or a character of it is wrong";
    }

    private static String base58(String address) {
        byte[] payload = Base58.decodeChecked(address, Base58.BITCOIN);
        if (payload == null) {
            return null;
        }
        if (payload.length == 22) {
            boolean transparent = payload[0] == 0x1C && (payload[1] == (byte) 0xB8 || payload[1] == (byte) 0xBD);
            return transparent ? "zec:" + address : null;
        }
        String family = payload.length == 21 ? VERSIONS.get(payload[0] & 0xFF) : null;
        return family == null ? null : family + ':' + address;
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
            boolean other = !decoded.modified && Bech32.toBytes(decoded.data, 0, decoded.data.length) != null;
            return switch (decoded.prefix) {
                case "addr", "stake" -> other ? "ada:" + lower : null;
                case "zs" -> other ? "zec:" + lower : null;
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

    /** Addresses of Bitcoin Cash since 2018, rewritten as they were before where that is possible. */
    private static String cashAddress(String address) {
        byte[] bytes = Bech32.cashAddress(address);
        if (bytes == null || bytes.length == 0 || bytes[0] < 0) {
            return null;
        }
        int type = bytes[0] >> 3;
        int size = bytes[0] & 7;
        if (type <= 3 && size == 0 && bytes.length == 21) {
            byte[] legacy = bytes.clone();
            legacy[0] = (byte) (type % 2 == 0 ? 0x00 : 0x05); // types 2 and 3 say that the wallet takes tokens
            return "btc:" + Base58.encodeChecked(legacy);
        }
        boolean longHash = type <= 3 && size == 3 && bytes.length == 33;
        return longHash ? "bch:" + address.toLowerCase(Locale.ROOT) : null;
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
        byte[] check = Arrays.copyOf(Keccak256.hash(bytes, 0, size - 4), 4);
        boolean kind = size == 69 ? bytes[0] == 18 || bytes[0] == 42 : bytes[0] == 19;
        return kind && Arrays.equals(check, Arrays.copyOfRange(bytes, size - 4, size)) ? "xmr:" + address : null;
    }

    /** User-friendly addresses of TON: flags, workchain, hash, CRC-16; written the bounceable way. */
    private static String ton(String address) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(address.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException e) {
            return null; // not base 64, so not of this kind
        }
        boolean flags = bytes[0] == 0x11 || bytes[0] == 0x51;
        if (!flags
                || (bytes[1] != 0 && bytes[1] != -1)
                || crc16(bytes) != (((bytes[34] & 0xFF) << 8) | (bytes[35] & 0xFF))) {
            return null;
        }
        return "ton:" + bounceable(bytes);
    }

    private static String bounceable(byte[] bytes) {
        bytes[0] = 0x11;
        int crc = crc16(bytes);
        bytes[34] = (byte) (crc >> 8);
        bytes[35] = (byte) crc;
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** CRC-16/XMODEM of the first 34 bytes. */
    private static int crc16(byte[] bytes) {
        int crc = 0;
        for (int i = 0; i < 34; i++) {
            crc ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }
        return crc & 0xFFFF;
    }

    /** A key of 32 bytes without check digits: taken only when the coin is named. */
    private static String solana(String address) {
        byte[] key = address.length() < 32 || address.length() > 44 ? null : Base58.decode(address, Base58.BITCOIN);
        return key != null && key.length == 32 ? "sol:" + address : null;
    }
}
