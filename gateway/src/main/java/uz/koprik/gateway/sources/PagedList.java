package uz.koprik.gateway.sources;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.NamedFile;
import uz.koprik.gateway.sources.FetchedContent.Validators;
import uz.koprik.gateway.trouble.SourceTrouble;

/**
 * A list in pages, as OTX has its pulses: each page is an object with the entries in {@code results} and the URL of the
 * next page in {@code next}.
 */
final class PagedList {

    private static final int MOST_PAGES = 1000;

    /** How much of a file is looked at before the whole is parsed. */
    private static final int HEAD = 4 << 10;

    /** A longer page is not read either when it is taken in. */
    private static final long MOST_BYTES = 48L << 20;

    private PagedList() {}

    /** A page that was read; {@code next} is empty at the last one. */
    private record Page(boolean empty, String next) {}

    /**
     * The rest of a feed of which the first file was fetched: the following pages when it is a page, else nothing.
     *
     * @param into the folder with the file {@code feed}
     */
    static FetchedContent rest(FeedSource source, HttpSession session, HttpSession.Response first, Path into)
            throws SourceFailure {
        Path file = into.resolve("feed");
        List<NamedFile> files = new ArrayList<>(List.of(new NamedFile(first.fileName(), file)));
        Optional<Page> page = isJson(source) ? page(file) : Optional.empty();
        if (page.filter(one -> !one.next().isEmpty()).isEmpty()) {
            return new FetchedContent.Files(files, first.validators());
        }
        Set<URI> seen = new HashSet<>(List.of(first.target()));
        URI at = first.target();
        while (!page.orElseThrow().next().isEmpty()) {
            URI next = next(at, page.orElseThrow().next(), session);
            if (!seen.add(next)) {
                throw new SourceFailure(SourceTrouble.FEED_PAGES_IN_CIRCLE.of());
            }
            if (seen.size() > MOST_PAGES) {
                throw new SourceFailure(SourceTrouble.FEED_TOO_MANY_PAGES.with(Map.of("count", MOST_PAGES)));
            }
            Path nextFile = into.resolve("page-" + seen.size());
            HttpSession.Response response = session.get(next, Validators.NONE, nextFile);
            page = page(nextFile);
            if (page.isEmpty()) {
                throw new SourceFailure(SourceTrouble.FEED_PAGE_NO_JSON.with(Map.of("page", seen.size())));
            }
            if (!page.get().empty()) {
                files.add(new NamedFile(response.fileName(), nextFile));
            }
            at = response.target();
        }
        // What the server says of the first page says nothing of the others.
        return new FetchedContent.Files(files, Validators.NONE);
    }

    private static URI next(URI page, String text, HttpSession session) throws SourceFailure {
        URI next;
        try {
            next = page.resolve(new URI(text)).parseServerAuthority();
        } catch (URISyntaxException malformed) {
            throw new SourceFailure(SourceTrouble.FEED_NEXT_NO_URL.of(), malformed);
        }
        if (next.getHost() == null || next.getRawUserInfo() != null || !session.isOrigin(next)) {
            throw new SourceFailure(SourceTrouble.FEED_NEXT_ELSEWHERE.of());
        }
        return next;
    }

    private static boolean isJson(FeedSource source) {
        return Set.of("", "json", "otx").contains(source.format());
    }

    /** Reads a page; empty for any other file. */
    private static Optional<Page> page(Path file) throws SourceFailure {
        try {
            if (Files.size(file) > MOST_BYTES || !mayBePage(file)) {
                return Optional.empty();
            }
            JsonObject json = StrictJson.parseObject(Files.readAllBytes(file));
            return json.get("results") instanceof JsonArray results
                    ? Optional.of(new Page(
                            results.items().isEmpty(), json.string("next").orElse("")))
                    : Optional.empty();
        } catch (MalformedJson other) {
            return Optional.empty(); // reading it says what is wrong
        } catch (IOException unreadable) {
            throw new SourceFailure(SourceTrouble.FEED_DISK_UNREADABLE.of(), unreadable);
        }
    }

    /** Parsing a long file for nothing is avoided: a page says one of its members at its beginning. */
    private static boolean mayBePage(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).stripLeading();
            return head.startsWith("{") && (head.contains("\"results\"") || head.contains("\"next\""));
        }
    }
}
