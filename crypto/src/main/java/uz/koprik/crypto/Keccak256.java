package uz.koprik.crypto;

import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Keccak with 256 bits as it was before it became SHA-3: other padding, other hashes. Ethereum and Monero write their
 * check digits with it; nothing of ours is signed or secured by it.
 */
public final class Keccak256 {

    private Keccak256() {}

    /** The 32 bytes of the hash of {@code bytes} from {@code from} to {@code to} (exclusive). */
    public static byte[] hash(byte[] bytes, int from, int to) {
        KeccakDigest digest = new KeccakDigest(256);
        digest.update(bytes, from, to - from);
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }
}
