package uz.koprik.crypto.trust;

import static uz.koprik.crypto.trust.TrustListRejected.Reason.MALFORMED;
import static uz.koprik.crypto.trust.TrustListRejected.Reason.MISSING;
import static uz.koprik.crypto.trust.TrustListRejected.Reason.ROLLED_BACK;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.crypto.algorithm.SigningKey;

/**
 * The trust list on disk. A file beside it, {@code <name>.sequence}, remembers the highest sequence number ever in use,
 * so that an old list, with a revoked key perhaps, cannot be slipped back in.
 *
 * <p>Changes by {@link #update} wait for one another, also those of other processes. Readers may read at any moment.
 */
public final class TrustListFile {

    /** A lock of a file keeps processes apart, not threads. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path path;
    private final Path sequencePath;
    private final Path lockPath;

    /** A change of a list. */
    @FunctionalInterface
    public interface Change {
        /** The list that replaces {@code list}; the same one when nothing changes. */
        TrustList of(TrustList list) throws CardRejected, IOException;
    }

    public TrustListFile(Path path) {
        this.path = path;
        this.sequencePath = path.resolveSibling(path.getFileName() + ".sequence");
        this.lockPath = path.resolveSibling("." + path.getFileName() + ".lock");
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

    /** As {@link #load}, for a list that may have expired and is about to be renewed. */
    public TrustList loadForRenewal(String ownKid) throws IOException, TrustListRejected {
        // The number first: a list that somebody writes in between is newer than the number, never older.
        long highest = highestSequence();
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new TrustListRejected(MISSING, "there is no trust list at " + path, e);
        }
        TrustList list = TrustList.read(bytes, ownKid);
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
     * Reads the list, expired or not, changes it, and signs and writes the new one. Nobody else changes the list
     * meanwhile. Every change renews the list.
     *
     * @param own the own signing key, which signs the list
     * @return the list that is in the file now
     * @throws TrustListRejected as {@link #loadForRenewal}
     * @throws CardRejected from {@code change}; nothing is written then
     */
    public TrustList update(SigningKey own, Change change) throws IOException, TrustListRejected, CardRejected {
        return update(own.publicKey().kid(), own, change);
    }

    /**
     * As {@link #update(SigningKey, Change)}, when another key signs the list from now on.
     *
     * @param signedBy thumbprint of the own key that signed the list in the file
     */
    public TrustList update(String signedBy, SigningKey own, Change change)
            throws IOException, TrustListRejected, CardRejected {
        THREADS.lock();
        try (FileChannel channel = PrivateFiles.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("the lock " + lockPath + " was lost");
            }
            TrustList before = loadForRenewal(signedBy);
            TrustList after = change.of(before);
            if (after.sequence() != before.sequence()) {
                save(after, own);
            }
            return after;
        } finally {
            THREADS.unlock();
        }
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
