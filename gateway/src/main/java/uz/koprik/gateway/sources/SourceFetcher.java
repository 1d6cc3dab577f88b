package uz.koprik.gateway.sources;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.Validators;

/** Gets the content of a feed. Blocks. */
@FunctionalInterface
interface SourceFetcher {

    /**
     * Gets it when it has changed.
     *
     * @param known of the last content that was taken in; none to get it in any case
     * @param into a file of this run, which the content may be written to
     * @param stop turns true when nobody wants the content any more
     * @throws SourceFailure when it cannot be had whole
     */
    FetchedContent fetch(FeedSource source, Validators known, Path into, BooleanSupplier stop) throws SourceFailure;
}
