package uz.koprik.gateway.centre;

import java.time.Duration;
import java.time.Instant;

/** Moves the clock of all commands and of all centres that start meanwhile in the JVM of the test. */
public final class MovedClock implements AutoCloseable {

    private static final String OFFSET = "koprik.clock.offset";
    private static final String REHEARSAL = "koprik.clock.rehearsal";

    private Duration offset;

    private MovedClock(Duration offset) {
        to(offset);
    }

    /** Moves the clock until {@link #close}. */
    public static MovedClock by(Duration offset) {
        return new MovedClock(offset);
    }

    /** Moves it to another distance from the clock of the machine. */
    public void to(Duration distance) {
        this.offset = distance;
        System.setProperty(OFFSET, distance.toSeconds() + "s");
        System.setProperty(REHEARSAL, "yes");
    }

    /** The time that it shows. */
    public Instant now() {
        return Instant.now().plus(offset);
    }

    /** Takes the permission away. */
    public void withdrawConsent() {
        System.clearProperty(REHEARSAL);
    }

    @Override
    public void close() {
        System.clearProperty(OFFSET);
        System.clearProperty(REHEARSAL);
    }
}
