package uz.koprik.indicators.policy.slow;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A stored version, with what it took over. What limits it is only ever added. */
final class SlowStored {

    /** Whether the release desk holds it. */
    private enum Hold {
        NONE,
        WAITS,
        BY_REFERENCE
    }

    private final SlowVersion version;

    /** All versions that it is released no further than, itself among them. */
    private final Set<SlowVersion> limits;

    /** Those of them that it had from the beginning. */
    private final Set<SlowVersion> first;

    /** The case files that it is, or refers to, of those that were there before. */
    private final Set<SlowVersion> about = new HashSet<>();

    /** What it refers to, as far as its author can know what comes or changes now. */
    private final Set<String> known = new HashSet<>();

    /** The latest embargo that was not over when it came, or was taken over. */
    private Optional<Instant> embargo;

    private Optional<Instant> firstEmbargo = Optional.empty();

    private Hold hold = Hold.NONE;

    /** Whether there was a time when it was not held. */
    private boolean wasOpen;

    /** Whether it was a case file, or referred to one, when it came or was released. */
    private boolean aboutCases;

    SlowStored(SlowVersion version) {
        this(version, Set.of(version));
    }

    private SlowStored(SlowVersion version, Set<SlowVersion> limits) {
        this.version = version;
        this.limits = new LinkedHashSet<>(limits);
        this.first = new LinkedHashSet<>(limits);
        this.embargo = version.embargo();
    }

    /** Released no further than another from a moment on. */
    boolean follow(SlowStored other, Instant now) {
        boolean changed = limits.addAll(other.limits);
        if (other.held() && !held()) {
            hold = Hold.BY_REFERENCE;
            changed = true;
        }
        if (other.embargo
                .filter(end -> now.isBefore(end)
                        && embargo.filter(own -> !own.isBefore(end)).isEmpty())
                .isPresent()) {
            embargo = other.embargo;
            changed = true;
        }
        return changed;
    }

    SlowVersion version() {
        return version;
    }

    Set<SlowVersion> limits() {
        return limits;
    }

    Set<SlowVersion> about() {
        return about;
    }

    Set<String> known() {
        return known;
    }

    Optional<Instant> embargo() {
        return embargo;
    }

    boolean wasAboutCases() {
        return aboutCases;
    }

    boolean held() {
        return hold != Hold.NONE;
    }

    boolean waits() {
        return hold == Hold.WAITS;
    }

    boolean heldByReference() {
        return hold == Hold.BY_REFERENCE;
    }

    void letWait() {
        hold = Hold.WAITS;
    }

    /** It has come, with what it took over. */
    void begin() {
        first.addAll(limits);
        firstEmbargo = embargo;
        wasOpen = !held();
        aboutCases = refersToCases();
    }

    /** What nobody outside saw before counts from now on with what it took over meanwhile. */
    void release() {
        hold = Hold.NONE;
        if (!wasOpen) {
            begin();
        }
        aboutCases = refersToCases();
    }

    /** Whether it is a case file, or refers to one. */
    boolean refersToCases() {
        return any(SlowVersion::caseFile);
    }

    /** The same as if no embargo held it, and no desk. */
    SlowStored withoutEmbargoAndHold() {
        SlowStored open = new SlowStored(version, limits);
        open.about.addAll(about);
        open.embargo = Optional.empty();
        return open;
    }

    SlowStored asNow() {
        return asOfOld(limits, embargo, held());
    }

    SlowStored asInTheBeginning() {
        return asOfOld(first, firstEmbargo, !wasOpen);
    }

    private SlowStored asOfOld(Set<SlowVersion> some, Optional<Instant> embargoThen, boolean heldThen) {
        Set<SlowVersion> all = new LinkedHashSet<>();
        some.forEach(limit -> all.add(limit.asOfOld(version.ours())));
        SlowStored old = new SlowStored(version.asOfOld(version.ours()), all);
        old.about.addAll(about);
        old.embargo = embargoThen;
        old.hold = heldThen ? Hold.WAITS : Hold.NONE;
        return old;
    }

    boolean any(Predicate<SlowVersion> what) {
        for (SlowVersion limit : limits) {
            if (what.test(limit)) {
                return true;
            }
        }
        return false;
    }

    boolean all(Predicate<SlowVersion> what) {
        return !any(what.negate());
    }
}
