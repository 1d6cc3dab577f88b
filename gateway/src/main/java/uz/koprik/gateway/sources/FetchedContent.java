package uz.koprik.gateway.sources;

import java.nio.file.Path;
import java.util.List;

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
     * A file of a feed.
     *
     * @param name as the feed has it: a hint at the format
     */
    record NamedFile(String name, Path path) {}

    /**
     * By what a later fetch asks whether there is something new (RFC 9110, section 8.8).
     *
     * @param etag as the server sent it; empty for none
     * @param lastModified as the server sent it; empty for none
     */
    record Validators(String etag, String lastModified) {

        static final Validators NONE = new Validators("", "");
    }
}
