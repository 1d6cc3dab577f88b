package uz.koprik.gateway.sources;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.EventFile;
import uz.koprik.gateway.sources.FetchedContent.Fault;
import uz.koprik.gateway.sources.FetchedContent.NamedFile;
import uz.koprik.gateway.sources.FetchedContent.Validators;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.wording.Sentence;

/** Fetches the events of a MISP feed that its manifest says are new or changed. For one fetch. */
final class MispEvents {

    /** When this number of files in succession cannot be had, the server is at fault. */
    private static final int MOST_IN_SUCCESSION = 20;

    private final FeedSource source;
    private final HttpSession session;
    private final Function<String, URI> urls;
    private final Path into;

    /** @param urls of the files of the feed, by their names */
    MispEvents(FeedSource source, HttpSession session, Function<String, URI> urls, Path into) {
        this.source = source;
        this.session = session;
        this.urls = urls;
        this.into = into;
    }

    /** @param earlier the events that were taken in before */
    FetchedContent.Events fetch(MispManifest manifest, Map<UUID, SourceEvents.Taken> earlier, Validators validators)
            throws SourceFailure {
        if (manifest.events().size() > source.maxEntries()) {
            throw new SourceFailure(SourceTrouble.FEED_TOO_MANY_EVENTS.with(Map.of("count", source.maxEntries())));
        }
        Set<UUID> unchanged = new HashSet<>();
        for (Map.Entry<UUID, MispManifest.Listed> one : manifest.events().entrySet()) {
            SourceEvents.Taken known = earlier.get(one.getKey());
            if (known != null && known.version() == one.getValue().version()) {
                unchanged.add(one.getKey());
                session.count(known.bytes());
            }
        }
        List<EventFile> changed = new ArrayList<>();
        Set<UUID> failed = new HashSet<>();
        List<Fault> faults = new ArrayList<>(manifest.faults());
        int inSuccession = 0;
        for (Map.Entry<UUID, MispManifest.Listed> one : manifest.events().entrySet()) {
            if (unchanged.contains(one.getKey())) {
                continue;
            }
            String name = one.getValue().file();
            Path file = into.resolve("event-" + (changed.size() + failed.size()));
            try {
                session.check();
                HttpSession.Response response = session.get(urls.apply(name), Validators.NONE, file);
                changed.add(new EventFile(
                        one.getKey(), one.getValue().version(), response.bytes(), new NamedFile(name, file)));
                inSuccession = 0;
            } catch (SourceFailure.OfFile failure) {
                inSuccession++;
                if (inSuccession == MOST_IN_SUCCESSION) {
                    throw new SourceFailure(
                            SourceTrouble.FEED_FILES_FAIL.with(Map.of(
                                    "count",
                                    inSuccession,
                                    "file",
                                    name,
                                    Sentence.SAID,
                                    trouble(failure).text())),
                            failure);
                }
                failed.add(one.getKey());
                faults.add(new Fault(name, trouble(failure)));
            }
        }
        return new FetchedContent.Events(changed, unchanged, failed, faults, validators);
    }

    private static Sentence trouble(SourceFailure.OfFile failure) {
        return failure.isMissing() ? SourceTrouble.FEED_LISTED_FILE_MISSING.of() : failure.trouble();
    }
}
