package uz.koprik.gateway.sources;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.Earlier;

/** Gets the content of a feed. Blocks. */
@FunctionalInterface
interface SourceFetcher {

    /**
     * Gets what changed.
     *
     * @param earlier what was taken in before; nothing to get all in any case
     * @param into a folder of this run, which content may be written to
     * @param stop turns true when nobody wants the content any more
     * @throws SourceFailure when it cannot be had whole
     */
    FetchedContent fetch(FeedSource source, Earlier earlier, Path into, BooleanSupplier stop) throws SourceFailure;
}
