package uz.koprik.gateway.partners;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import uz.koprik.gateway.http.BlockCipher;
import uz.koprik.indicators.policy.PartnerSight;

/**
 * An opaque mark of the rules by which this centre releases to a partner. Answers name it in the header
 * {@link #HEADER}: a partner whose mark changed reads everything again, and so gets what was not released to it before.
 * The mark is the same on all gateways and after a restart, as long as the rules are.
 */
public final class ReleaseMark {

    public static final String HEADER = "Koprik-Release-Mark";

    private final BlockCipher block;

    /** @param key 16 random bytes, the same after a restart; without it nobody can guess rules by their marks */
    public ReleaseMark(byte[] key) {
        this.block = new BlockCipher(key);
    }

    public String of(PartnerSight sight) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(sight.text().getBytes(StandardCharsets.UTF_8));
            return block.seal(Arrays.copyOf(digest, BlockCipher.SIZE));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
