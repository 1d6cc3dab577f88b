package uz.koprik.gateway.sources;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.stix.NewIndicator;

/** Finds out which entries a feed has, before anything of it is taken in. */
final class SourceSurvey implements SourceReader.Sink {

    private final FeedSource source;
    private final SourceObjects objects;
    private final Set<UUID> keys = new HashSet<>();
    private final Set<UUID> withdrawn = new HashSet<>();
    private final SourceNotes notes = new SourceNotes();
    private boolean event;
    private long stixObjects;

    SourceSurvey(FeedSource source, SourceObjects objects) {
        this.source = source;
        this.objects = objects;
    }

    @Override
    public void row(String where, NewIndicator indicator) throws SourceFailure {
        UUID key = objects.draft(indicator).key();
        if (indicator.revoked()) {
            withdrawn.add(key);
        } else {
            add(key);
        }
    }

    @Override
    public void object(String where, byte[] object, boolean translated) throws SourceFailure {
        ForeignObject foreign = ForeignObject.of(object, translated, source.expires());
        add(foreign.key());
        event |= foreign.report();
        stixObjects += translated ? 0 : 1;
    }

    @Override
    public void refused(Refusal.Code code) {
        // Counted when the feed is taken in.
    }

    @Override
    public void note(SourceNotes.Note note) {
        notes.add(note);
    }

    /** What is not used of the feed. */
    SourceNotes notes() {
        return notes;
    }

    private void add(UUID key) throws SourceFailure {
        if (keys.add(key) && keys.size() > source.maxEntries()) {
            throw new SourceFailure(SourceTrouble.FEED_TOO_MANY_ENTRIES.with(Map.of("count", source.maxEntries())));
        }
    }

    /** Adds entries that are known from before, or from a survey of one file. */
    void addAll(Set<UUID> others) throws SourceFailure {
        for (UUID key : others) {
            add(key);
        }
    }

    /** Whether a MISP event was among what was read. */
    boolean hasEvent() {
        return event;
    }

    /** How many STIX objects the feed has, which keep their bytes. */
    long stixObjects() {
        return stixObjects;
    }

    /** Keys of the entries that are in force. */
    Set<UUID> keys() {
        return keys;
    }

    /** Keys of the entries that their producer withdrew. */
    Set<UUID> withdrawn() {
        return withdrawn;
    }

    /** How many entries the feed has, also withdrawn ones. */
    long count() {
        return keys.size() + (long) withdrawn.size();
    }
}
