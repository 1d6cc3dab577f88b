package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.UUID;
import uz.koprik.gateway.intake.IdConflict;

/**
 * Two objects contradict one another under one id.
 *
 * @param conflict both objects, and what became of the second
 */
public record IdConflictAlert(long seq, UUID id, Instant time, IdConflict conflict) implements Alert {

    private static final String PREFIX = "conflict ";

    @Override
    public String subject() {
        return PREFIX
                + conflict.knownSeq()
                + ' '
                + conflict.storedSeq()
                + ' '
                + (conflict.internal() ? 1 : 0)
                + ' '
                + conflict.objectId();
    }

    /**
     * What decides who may know of a conflict.
     *
     * @param storedSeq sequence number of the second object; 0 when it was not stored
     */
    public record Subject(long knownSeq, long storedSeq, boolean internal, String objectId) {}

    public static boolean isSubject(String subject) {
        return subject.startsWith(PREFIX);
    }

    /** Reads {@link #subject()}. */
    public static Subject parse(String subject) {
        String[] parts = subject.split(" ", 5);
        return new Subject(Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3].equals("1"), parts[4]);
    }
}
