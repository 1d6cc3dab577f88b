package uz.koprik.gateway.sources;

import io.vertx.core.Vertx;
import io.vertx.core.net.SSLEngineOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.Earlier;
import uz.koprik.gateway.sources.FetchedContent.NamedFile;
import uz.koprik.gateway.trouble.SourceTrouble;

/** Fetches a feed by HTTP: one file, the pages of a list, or a manifest and the events that changed. */
final class HttpFetcher implements SourceFetcher {

    private final Vertx vertx;
    private final SSLEngineOptions engine;
    private final Path home;
    private final InstantSource clock;

    /** @param home files that settings name are seen from here */
    HttpFetcher(Vertx vertx, SSLEngineOptions engine, Path home, InstantSource clock) {
        this.vertx = vertx;
        this.engine = engine;
        this.home = home;
        this.clock = clock;
    }

    @Override
    public FetchedContent fetch(FeedSource source, Earlier earlier, Path into, BooleanSupplier stop)
            throws SourceFailure {
        URI url = URI.create(source.url());
        Path file = into.resolve("feed");
        try (HttpSession session = new HttpSession(vertx, engine, home, clock, source, stop)) {
            Optional<URI> manifest = manifest(source, url);
            if (manifest.isPresent()) {
                try {
                    HttpSession.Response response = session.get(manifest.get(), earlier.validators(), file);
                    return ofManifest(source, session, manifest.get(), response, earlier, into);
                } catch (SourceFailure.OfFile failure) {
                    if (!failure.isMissing() || manifest.get().equals(url)) {
                        throw failure;
                    }
                    // The URL may lead to events instead of to the folder of a feed.
                }
            }
            HttpSession.Response response = session.get(url, earlier.validators(), file);
            return response.modified()
                    ? PagedList.rest(source, session, response, into)
                    : new FetchedContent.NotModified();
        }
    }

    /** Where the manifest of a MISP feed is; empty when the URL does not lead to such a feed. */
    private static Optional<URI> manifest(FeedSource source, URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (last.equals(MispManifest.NAME)) {
            return Optional.of(url);
        }
        return MispManifest.isStated(source) && last.indexOf('.') < 0
                ? Optional.of(inFolder(url, path + (path.endsWith("/") ? "" : "/"), MispManifest.NAME))
                : Optional.empty();
    }

    /** The URL of a file beside another one, with the same query. */
    private static URI inFolder(URI url, String folder, String file) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return url.resolve((folder.isEmpty() ? "/" : folder) + file + query);
    }

    private static FetchedContent ofManifest(
            FeedSource source, HttpSession session, URI url, HttpSession.Response response, Earlier earlier, Path into)
            throws SourceFailure {
        if (!response.modified()) {
            return new FetchedContent.NotModified();
        }
        Path file = into.resolve("feed");
        Optional<MispManifest> manifest;
        try {
            manifest = MispManifest.read(file);
        } catch (IOException unreadable) {
            throw new SourceFailure(SourceTrouble.FEED_DISK_UNREADABLE.of(), unreadable);
        }
        if (manifest.isEmpty() && MispManifest.isStated(source)) {
            throw new SourceFailure(SourceTrouble.FEED_NO_MANIFEST.with(Map.of("place", source.place())));
        }
        if (manifest.isEmpty()) {
            return new FetchedContent.Files(List.of(new NamedFile(response.fileName(), file)), response.validators());
        }
        String folder = url.getRawPath().substring(0, url.getRawPath().lastIndexOf('/') + 1);
        return new MispEvents(source, session, name -> inFolder(url, folder, name), into)
                .fetch(manifest.get(), earlier.events(), response.validators());
    }
}
