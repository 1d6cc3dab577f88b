package uz.koprik.crypto;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/** BLAKE2b (RFC 7693) without a key. Addresses of several coins have check digits by it; it secures nothing of ours. */
public final class Blake2b {

    private Blake2b() {}

    /** The hash of all {@code parts}, one after the other, of {@code length} bytes (1 to 64). */
    public static byte[] hash(int length, byte[]... parts) {
        Blake2bDigest digest = new Blake2bDigest(length * 8);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[length];
        digest.doFinal(hash, 0);
        return hash;
    }
}
