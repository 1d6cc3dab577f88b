package uz.koprik.crypto.trust;

import static uz.koprik.crypto.trust.TrustListRejected.Reason.MALFORMED;
import static uz.koprik.crypto.trust.TrustListRejected.Reason.MISSING;
import static uz.koprik.crypto.trust.TrustListRejected.Reason.ROLLED_BACK;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import uz.koprik.crypto.algorithm.SigningKey;

/**
 * The trust list on disk. A file beside it, {@code <name>.sequence}, remembers the highest sequence number ever in use,
 * so that an old list, with a revoked key perhaps, cannot be slipped back in.
 *
 * <p>One process writes at a time; the caller sees to that. Readers may read at any moment.
 */
public final class TrustListFile {

    private final Path path;
    private final Path sequencePath;

    public TrustListFile(Path path) {
        this.path = path;
        this.sequencePath = path.resolveSibling(path.getFileName() + ".sequence");
    }

    /**
     * Reads the list for use.
     *
     * @param ownKid thumbprint of the own signing key
     * @throws TrustListRejected when it is missing, malformed, not signed by that key, expired, or older than one in
     *     use before
     */
    public TrustList load(String ownKid, Instant now) throws IOException, TrustListRejected {
        TrustList list = loadForRenewal(ownKid);
        list.checkCurrent(now);
        return list;
    }

    /** As {@link #load}, for a list that may have expired and is about to be checked by people and renewed. */
    public TrustList loadForRenewal(String ownKid) throws IOException, TrustListRejected {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new TrustListRejected(MISSING, "there is no trust list at " + path, e);
        }
        TrustList list = TrustList.read(bytes, ownKid);
        long highest = highestSequence();
        if (list.sequence() < highest) {
            throw new TrustListRejected(
                    ROLLED_BACK,
                    "the trust list " + path + " has sequence number " + list.sequence() + ", but number " + highest
                            + " was in use before: somebody put an old list back; restore the newest one");
        }
        remember(list.sequence(), highest);
        return list;
    }

    /**
     * Signs and writes the list: whole, flushed to disk, in one step.
     *
     * @throws TrustListRejected with {@code ROLLED_BACK} when a newer list was in use before
     */
    public void save(TrustList list, SigningKey own) throws IOException, TrustListRejected {
        byte[] bytes = list.signed(own);
        long highest = highestSequence();
        if (list.sequence() < highest) {
            throw new TrustListRejected(
                    ROLLED_BACK,
                    "a trust list with sequence number " + highest
                            + " was in use before: read it again and repeat the change on it");
        }
        // The list first: a crash in between leaves a number that is too low, which a later load mends, never a
        // lock-out.
        OwnerOnly.write(path, bytes);
        remember(list.sequence(), highest);
    }

    private void remember(long sequence, long highest) throws IOException {
        if (sequence > highest) {
            OwnerOnly.write(sequencePath, (sequence + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private long highestSequence() throws IOException, TrustListRejected {
        String text;
        try {
            text = Files.readString(sequencePath, StandardCharsets.US_ASCII).strip();
        } catch (NoSuchFileException e) {
            return 0; // the first list of a new home
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new TrustListRejected(
                    MALFORMED,
                    "the file " + sequencePath + " does not hold a sequence number:"
                            + " restore it from a backup together with the trust list",
                    e);
        }
    }
}
