package uz.koprik.gateway.sources;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uz.koprik.indicators.wording.Sentence;

/** What a fetch found. */
sealed interface FetchedContent {

    /** The feed has not changed since the fetch whose {@link Validators} were sent. */
    record NotModified() implements FetchedContent {}

    /** The whole feed. */
    record Files(List<NamedFile> files, Validators validators) implements FetchedContent {

        public Files {
            files = List.copyOf(files);
        }
    }

    /**
     * What changed of a MISP feed, whose events are files of their own.
     *
     * @param changed events that are new or changed
     * @param unchanged events that are as they were
     * @param failed events that are in the feed and could not be fetched
     * @param faults why, and what else of the feed could not be used
     */
    record Events(
            List<EventFile> changed, Set<UUID> unchanged, Set<UUID> failed, List<Fault> faults, Validators validators)
            implements FetchedContent {

        public Events {
            changed = List.copyOf(changed);
            unchanged = Set.copyOf(unchanged);
            failed = Set.copyOf(failed);
            faults = List.copyOf(faults);
        }
    }

    /**
     * A file of a feed.
     *
     * @param name as the feed has it: a hint at the format
     */
    record NamedFile(String name, Path path) {}

    /**
     * The file of an event.
     *
     * @param event by which it is known again
     * @param version differs when the content does
     * @param bytes its size
     */
    record EventFile(UUID event, long version, long bytes, NamedFile file) {}

    /**
     * A file that could not be used, while others of its feed were.
     *
     * @param file its name
     * @param sentence why, for operators
     */
    record Fault(String file, Sentence sentence) {

        /** The sentence in English. */
        String reason() {
            return sentence.text();
        }
    }

    /**
     * By what a later fetch asks whether there is something new (RFC 9110, section 8.8).
     *
     * @param etag as the server sent it; empty for none
     * @param lastModified as the server sent it; empty for none
     */
    record Validators(String etag, String lastModified) {

        static final Validators NONE = new Validators("", "");
    }

    /**
     * What is known of a feed from before.
     *
     * @param validators of the last content that was taken in; none to get all
     * @param events the events that were taken in; none to get all
     */
    record Earlier(Validators validators, Map<UUID, SourceEvents.Taken> events) {

        static final Earlier NOTHING = new Earlier(Validators.NONE, Map.of());
    }
}
