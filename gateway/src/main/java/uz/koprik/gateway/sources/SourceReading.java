package uz.koprik.gateway.sources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import uz.koprik.gateway.sources.FetchedContent.EventFile;
import uz.koprik.gateway.sources.FetchedContent.Fault;
import uz.koprik.gateway.sources.FetchedContent.NamedFile;
import uz.koprik.gateway.sources.FetchedContent.Validators;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * What a feed has, found out before anything of it is taken in.
 *
 * @param survey the entries of all its files
 * @param files to be taken in
 * @param kept entries of files that are unchanged or could not be used
 * @param events that the feed has, as they are remembered; empty for a feed without events
 * @param faults files that could not be used
 */
record SourceReading(
        SourceSurvey survey,
        List<NamedFile> files,
        Set<UUID> kept,
        Map<UUID, SourceEvents.Taken> events,
        List<Fault> faults,
        Validators validators) {

    /** Reads a feed that is taken as a whole. */
    static SourceReading of(FetchedContent.Files content, SourceSurvey survey, SourceReader reader)
            throws SourceFailure, StoreUnavailable, InterruptedException {
        reader.read(content.files(), survey);
        return new SourceReading(survey, content.files(), Set.of(), Map.of(), List.of(), content.validators());
    }

    /**
     * Reads the changed events of a feed. An event that cannot be read is as it was before.
     *
     * @param earlier the events as they were taken in before
     * @param surveys makes an empty survey
     */
    static SourceReading of(
            FetchedContent.Events content,
            Map<UUID, SourceEvents.Taken> earlier,
            Supplier<SourceSurvey> surveys,
            SourceReader reader)
            throws SourceFailure, StoreUnavailable, InterruptedException {
        SourceSurvey all = surveys.get();
        List<NamedFile> files = new ArrayList<>();
        List<Fault> faults = new ArrayList<>(content.faults());
        Map<UUID, SourceEvents.Taken> events = new HashMap<>();
        Set<UUID> asBefore = new HashSet<>(content.unchanged());
        asBefore.addAll(content.failed());
        for (EventFile file : content.changed()) {
            SourceSurvey one = surveys.get();
            try {
                reader.read(List.of(file.file()), one);
                if (!one.hasEvent()) {
                    throw new SourceFailure.OfFile(SourceTrouble.FEED_NO_EVENT.of());
                }
                all.addAll(one.keys());
                all.notes().addAll(one.notes().all());
                files.add(file.file());
                events.put(file.event(), new SourceEvents.Taken(file.version(), file.bytes(), one.keys()));
            } catch (SourceFailure.OfFile broken) {
                faults.add(new Fault(file.file().name(), broken.trouble()));
                asBefore.add(file.event());
            }
        }
        Set<UUID> kept = new HashSet<>();
        for (UUID event : asBefore) {
            SourceEvents.Taken known = earlier.get(event);
            if (known != null) {
                all.addAll(known.keys());
                kept.addAll(known.keys());
                events.put(event, known);
            }
        }
        if (events.isEmpty() && !faults.isEmpty()) {
            throw new SourceFailure(SourceTrouble.FEED_NO_FILE_USABLE.with(Map.of(
                    "file",
                    faults.getFirst().file(),
                    Sentence.SAID,
                    faults.getFirst().reason())));
        }
        // What could not be used is tried again, also when the server has nothing new.
        return new SourceReading(
                all, files, kept, events, faults, faults.isEmpty() ? content.validators() : Validators.NONE);
    }
}
